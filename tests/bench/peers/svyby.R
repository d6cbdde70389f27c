# svyby.R FILE YEAR ITEMS -- the survey package: shares and their errors of the first ITEMS items in one year.
# Prints them, and behind `#` the seconds that reading and svyby took.
suppressPackageStartupMessages({ library(data.table); library(survey) })
a <- commandArgs(TRUE)
setDTthreads(1)
q <- paste0("q", seq_len(as.integer(a[3])))
read <- system.time({
  d <- fread(a[1], select = c("year", "province", "stratum", "village", "weight", q), showProgress = FALSE)
  d <- as.data.frame(d[year == as.integer(a[2])])
})[["elapsed"]]
for (j in q) d[[j]] <- as.numeric(d[[j]] >= 4)
d$group <- d$province * 10 + d$stratum
o <- svydesign(ids = ~village, strata = ~group, weights = ~weight, data = d, nest = TRUE)
spent <- system.time(for (j in q) {
  r <- svyby(reformulate(j), ~province, o, svymean, na.rm = TRUE)
  fwrite(data.table(year = as.integer(a[2]), province = sprintf("%02d", r$province), item = j, estimate = r[[2]],
    se = r$se), "")
})[["elapsed"]]
cat("#", read, spent, "\n")
