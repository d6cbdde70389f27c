#!/bin/sh
# coverage.sh -- coverage of 95 % intervals by simulation: the table of docs/coverage.md.
#
# $programs holds the compiled coverage.c. Half a minute; the same seed gives the same table.
set -eu
"$programs/coverage" 20000 1
