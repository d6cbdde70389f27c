#!/bin/sh
# sweep.sh PROGRAM -- no rule of `hailong chart --lint` is broken by any kind for any province.
#
# With WIDE both maps, languages and profiles, three themes; the year of fewest ranked provinces, a single year, a year
# whose provinces are not all published, answers; else one year of all provinces, and answers.
set -u
hailong=$1
case $hailong in /*) ;; *) hailong=$PWD/$hailong ;; esac
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 2
bad=0

sweep() { # CHARTS LEAST OPTION...: so many charts at least are looked at
	kinds=$1 least=$2
	shift 2
	"$hailong" chart "$kinds" "$@" --lint >found 2>err
	status=$?
	n=$(awk 'NR > 2 { print $2 }' found | sort -u | wc -l)
	if [ $status != 0 ] || grep -q 'looks' err || [ "$n" -lt "$least" ]; then
		echo "sweep: chart $kinds $*: status $status, $n charts"
		grep -v ' \(đạt\|ok\)$' found | head -5
		bad=1
	fi
}
sweep all 870 papi --province all --year 2024 --lang vi
sweep all 14 sipas-example --province 33 --simulations 2000 --lang vi --theme dark
[ -n "${WIDE-}" ] || exit $bad
sweep all 870 papi --province all --year 2021 --lang en --profile report
sweep all 470 papi --province all --year 2024 --system 34 --lang vi --profile report --theme mono
sweep rank,trend,tilemap,bump,strip,heatmap,radar,panels 500 papi --province all --year 2011 --lang en --theme dark
sweep all 14 sipas-example --province 77 --simulations 2000 --lang en --profile report
sweep forest 1 sipas-example --province 46 --lang vi --profile report
exit $bad
