# fread.R FILE THREADS -- data.table reading the file, nothing else.
suppressPackageStartupMessages(library(data.table))
a <- commandArgs(TRUE)
setDTthreads(as.integer(a[2]))
invisible(fread(a[1], showProgress = FALSE))
