# means.R FILE THREADS -- data.table: weighted shares of the answers 4 and 5, all items by year and province; no errors.
suppressPackageStartupMessages(library(data.table))
a <- commandArgs(TRUE)
setDTthreads(as.integer(a[2]))
q <- grep("^q[0-9]+$", names(fread(a[1], nrows = 0)), value = TRUE)
d <- fread(a[1], select = c("year", "province", "weight", q), showProgress = FALSE)
n <- length(q)
w <- d$weight
for (j in q) {
  x <- d[[j]]
  v <- w * !is.na(x)
  set(d, j = paste0("v", j), value = v)
  x <- x >= 4L
  x[is.na(x)] <- FALSE
  set(d, j = j, value = w * x)
}
s <- d[, lapply(.SD, sum), by = .(year, province), .SDcols = c(q, paste0("v", q))] # sums run on all threads (GForce)
e <- as.matrix(s[, ..q]) / as.matrix(s[, paste0("v", q), with = FALSE])
fwrite(data.table(s[, .(year, province = sprintf("%02d", province))], e), "")
