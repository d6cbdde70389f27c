/* Days and seconds counted by date(1): 2025-06-30 is day 20269 from 1970, which is day 3653 from
 * 1960 and 141428 from 1582-10-14. */
#include "input/statdate.h"

#include "help.h"

TestSuite(statdate, .fini = clean);

static void check_date(enum statdate_system system, const char *format, double x, const char *want)
{
	struct statdate d = statdate_of(system, format);
	char s[NUMBER_BYTES];
	struct text out = {"", 0};

	cr_expect(d.seconds > 0, "%s", format);
	cr_expect(statdate_put(d, x, s, &out), "%s %g", format, x);
	check_text(out, want);
}

Test(statdate, dates)
{
	check_date(STATDATE_STATA, "%td", 0, "1960-01-01");
	check_date(STATDATE_STATA, "%td", 23922, "2025-06-30");
	check_date(STATDATE_STATA, "%-tdDD/NN/CCYY", 60, "1960-03-01");
	check_date(STATDATE_STATA, "%d", -1, "1959-12-31");
	check_date(STATDATE_STATA, "%tc", 23922 * 864e5 + 29700e3, "2025-06-30T08:15:00");
	check_date(STATDATE_STATA, "%td", -715509, "0001-01-01");
	check_date(STATDATE_SPSS, "EDATE10", 0, "1582-10-14");
	check_date(STATDATE_SPSS, "DATE11", (141428. + 20269) * 86400, "2025-06-30");
	check_date(STATDATE_SPSS, "DATETIME20", (141428. + 20269) * 86400 + 59,
		   "2025-06-30T00:00:59");
	check_date(STATDATE_SAS, "DATE9", 23922, "2025-06-30");
	check_date(STATDATE_SAS, "DDMMYY10.", 59, "1960-02-29");
	check_date(STATDATE_SAS, "DATETIME22.3", 86399, "1960-01-01T23:59:59");
}

Test(statdate, no_dates)
{
	static const char *const stata[] = {"%9.0g", "%tw", "%tC", "%tq", "%10s", "", "%-9.2f"};
	static const char *const spss[] = {"F8.2", "A40", "TIME8", "DATES", "MONTH9", ""};

	for (size_t i = 0; i < COUNT(stata); i++)
		cr_expect(statdate_of(STATDATE_STATA, stata[i]).seconds == 0, "%s", stata[i]);
	for (size_t i = 0; i < COUNT(spss); i++)
		cr_expect(statdate_of(STATDATE_SPSS, spss[i]).seconds == 0, "%s", spss[i]);
	cr_expect(statdate_of(STATDATE_SAS, "BEST12").seconds == 0);
}

Test(statdate, years_with_more_than_four_digits)
{
	struct statdate d = statdate_of(STATDATE_STATA, "%td");
	char s[NUMBER_BYTES];
	struct text out;

	cr_expect(statdate_put(d, 2936549, s, &out));
	check_text(out, "9999-12-31");
	cr_expect(not(statdate_put(d, 2936550, s, &out)));
	cr_expect(not(statdate_put(d, -715510, s, &out)));
	cr_expect(not(statdate_put(d, 1e300, s, &out)));
}
