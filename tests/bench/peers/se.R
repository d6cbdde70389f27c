# se.R METHOD FILE THREADS -- data.table and matrix code by hand: weighted shares of the answers 4 and 5 and their
# linearised standard errors (villages with replacement in strata), all items by year and province.
#
# METHOD is how the village sums are made, which is most of the work:
#   plain    data.table's groups with an expression for each item, as it is usually written
#   group    data.table's sums by group over all columns, on all threads
#   rowsum   base R's rowsum of two matrices
#   cumsum   differences of running sums: needs rows in order of villages, else sorts them first
# Nothing else differs. Columns nobody needs are not read.
suppressPackageStartupMessages(library(data.table))
a <- commandArgs(TRUE)
setDTthreads(as.integer(a[3]))
q <- grep("^q[0-9]+$", names(fread(a[2], nrows = 0)), value = TRUE)
key <- c("year", "province", "stratum", "village")
d <- fread(a[2], select = c(key, "weight", q), showProgress = FALSE)
g <- rleidv(d, cols = key)
last <- c(which(diff(g) != 0L), length(g))
if (anyDuplicated(d[last, ..key])) { # not in order
  setorderv(d, key)
  g <- rleidv(d, cols = key)
  last <- c(which(diff(g) != 0L), length(g))
}
w <- d$weight
u <- d[last, ..key]

if (a[1] == "cumsum") {
  part <- function(x) {
    s <- cumsum(x)[last]
    s - c(0, s[-length(s)])
  }
  wv <- wy <- matrix(0, nrow(u), length(q))
  scaled <- round(w * 1e4) # whole numbers: running sums lose nothing
  for (i in seq_along(q)) {
    x <- d[[q[i]]]
    v <- scaled
    v[is.na(x)] <- 0
    wv[, i] <- part(v)
    v[which(x < 4L)] <- 0
    wy[, i] <- part(v)
  }
} else if (a[1] == "plain") {
  d[, g := g]
  s <- d[, c(lapply(.SD, function(x) sum(weight[!is.na(x)])), lapply(.SD, function(x) sum(weight[x >= 4L], na.rm = TRUE))),
    by = g, .SDcols = q]
  wv <- as.matrix(s[, 1 + seq_along(q), with = FALSE])
  wy <- as.matrix(s[, 1 + length(q) + seq_along(q), with = FALSE])
} else if (a[1] == "group") {
  scaled <- as.integer(round(w * 1e4)) # half the memory of doubles
  for (j in q) {
    x <- d[[j]]
    set(d, j = paste0("v", j), value = scaled * !is.na(x))
    set(d, j = j, value = scaled * (x >= 4L))
  }
  d[, g := g]
  s <- d[, lapply(.SD, sum, na.rm = TRUE), by = g, .SDcols = c(q, paste0("v", q))]
  wy <- as.matrix(s[, ..q]) + 0
  wv <- as.matrix(s[, paste0("v", q), with = FALSE]) + 0
} else {
  hits <- function(x) {
    y <- x >= 4L
    y[is.na(y)] <- FALSE
    w * y
  }
  wv <- rowsum(vapply(d[, ..q], function(x) w * !is.na(x), w), g, reorder = FALSE)
  wy <- rowsum(vapply(d[, ..q], hits, w), g, reorder = FALSE)
}

dom <- u[, .GRP, by = .(year, province)]
di <- rleidv(u, cols = c("year", "province"))
si <- rleidv(u, cols = c("year", "province", "stratum"))
r <- rowsum(wy, di, reorder = FALSE) / (W <- rowsum(wv, di, reorder = FALSE))
z <- (wy - r[di, ] * wv) / W[di, ] # each village's influence
n <- tabulate(si)
z <- z - (rowsum(z, si, reorder = FALSE) / n)[si, ]
v <- rowsum(z^2 * (n / (n - 1))[si], di, reorder = FALSE)
out <- data.table(year = rep(dom$year, length(q)), province = sprintf("%02d", rep(dom$province, length(q))),
  item = rep(q, each = nrow(dom)), estimate = as.vector(r), se = as.vector(sqrt(v)))
fwrite(out, "")
