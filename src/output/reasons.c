#include "output/reasons.h"

static const struct {
	const char *english, *key;
} reasons[] = {
	{"no answers", "reason.no.answers"},
	{"no degrees of freedom", "reason.no.degrees.of.freedom"},
	{"no variance", "reason.no.variance"},
	{"not defined for these answers", "reason.not.defined.for.these.answers"},
	{"too few answers", "reason.too.few.answers"},
	{"the level is not between 0 and 1", "reason.the.level.is.not.between.0.and.1"},
	{"the proportion is not between 0 and 1", "reason.the.proportion.is.not.between.0.and.1"},
	{"the limits cannot be computed", "reason.the.limits.cannot.be.computed"},
	{"the interval of the share below leaves 0 to 1",
	 "reason.the.interval.of.the.share.below.leaves.0"},
	{"a stratum has one sampling unit only", "reason.a.stratum.has.one.sampling.unit.only"},
	{"fewer than 30 answers", "reason.fewer.than.30.answers"},
	{"fewer answers than the minimum", "reason.fewer.answers.than.the.minimum"},
	{"effective sample size below 30", "reason.effective.sample.size.below.30"},
	{"effective sample size below 10", "reason.effective.sample.size.below.10"},
	{"no interval", "reason.no.interval"},
	{"interval width of 30 percentage points or more",
	 "reason.interval.width.of.30.percentage.points.o"},
	{"relative interval width above 130 %", "reason.relative.interval.width.above.130"},
	{"relative interval width of the complement above 130 %",
	 "reason.relative.interval.width.of.the.complemen"},
	{"relative interval width above 160 %", "reason.relative.interval.width.above.160"},
	{"fewer than 8 degrees of freedom", "reason.fewer.than.8.degrees.of.freedom"},
	{"all answers are the same", "reason.all.answers.are.the.same"},
	{"relative standard error of 30 % or more", "reason.relative.standard.error.of.30.or.more"},
	{"hidden with another group, which could be computed from it",
	 "reason.hidden.with.another.group.which.could.be"},
	{"a part has no answers", "reason.a.part.has.no.answers"},
	{"no direct estimate: the regression's value alone", "reason.synthetic"},
	{"a sampling variance of 0: taken as without error", "reason.zero.variance"},
	{"the model left the range of a share: its end is taken", "reason.range.end"},
	{"the bias correction leaves no mean squared error", "reason.no.mse"},
	{"a weight is missing in the structure", "reason.a.weight.is.missing.in.the.structure"},
	{"parts are missing", "reason.parts.are.missing"},
	{"no part has a value", "reason.no.part.has.a.value"},
	{"a score is not above 0, as this mean needs", "reason.a.score.is.not.above.zero"},
};

struct text reason_words(const struct phrases *p, struct text english)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (span_is(english, reasons[i].english))
			return phrase(p, reasons[i].key);
	return english;
}
