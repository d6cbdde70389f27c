#include "output/plotfile.h"

#include "base/text.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static void end_field(struct plotfile *f)
{
	f->filled = true;
	if (++f->column == f->columns) {
		fputc('\n', f->out);
		f->column = 0;
	} else {
		fputc('\t', f->out);
	}
}

void plotfile_block(struct plotfile *f, const char *name, size_t columns)
{
	if (f->started && !f->filled)
		for (size_t i = 0; i < f->columns; i++)
			plotfile_number(f, NAN);
	if (!*name)
		return;
	fprintf(f->out, "%s# %s\n", f->started ? "\n\n" : "", name);
	*f = (struct plotfile){
		.arena = f->arena, .out = f->out, .started = true, .columns = columns};
}

void plotfile_number(struct plotfile *f, double x)
{
	if (isnan(x))
		fputs("NaN", f->out);
	else
		fprintf(f->out, "%.*s", SPAN_ARG(number_exact(f->arena, x)));
	end_field(f);
}

void plotfile_text(struct plotfile *f, struct text s)
{
	if (s.n == 0)
		fputc('\004', f->out);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.at[i];

		if (c == '"')
			c = '\001';
		else if (c == '\n')
			c = '\002';
		else if (c == '\\')
			c = '\003';
		else if (c < ' ') /* tabs and control characters have no picture */
			c = ' ';
		fputc(c, f->out);
	}
	end_field(f);
}

void plotfile_gap(struct plotfile *f)
{
	if (f->filled)
		fputc('\n', f->out);
}

void plotfile_key(struct plotfile *f, const char *key, struct text value)
{
	plotfile_text(f, span_of(key));
	plotfile_text(f, value);
}

void plotfile_key_number(struct plotfile *f, const char *key, double value)
{
	plotfile_text(f, span_of(key));
	plotfile_number(f, value);
}

struct axis axis_for(double low, double high, size_t ticks)
{
	static const double nice[] = {1, 2, 2.5, 5, 10};
	double span = high > low ? high - low : fabs(low) > 0 ? fabs(low) / 10 : 1, power, step = 0;
	struct axis axis;

	assert(isfinite(low) && isfinite(high));
	if (!(high > low)) {
		low -= span / 2;
		high += span / 2;
	}
	power = pow(10, floor(log10(span / (double)ticks)));
	for (size_t i = 0; i < sizeof nice / sizeof *nice; i++) {
		step = nice[i] * power;
		if (span / step <= (double)ticks + 0.5)
			break;
	}
	axis.step = step;
	axis.low = floor(low / step + 1e-9) * step;
	axis.high = ceil(high / step - 1e-9) * step;
	axis.decimals = 0;
	while (axis.decimals < 6 && fabs(step - number_round(step, axis.decimals)) > step * 1e-6)
		axis.decimals++;
	return axis;
}

static void tick_labels(struct plotfile *f, const char *block, struct axis axis, enum lang lang,
			struct text (*label)(struct arena *, double, int, enum lang))
{
	size_t n = (size_t)((axis.high - axis.low) / axis.step + 0.5);

	plotfile_block(f, block, 2);
	for (size_t i = 0; i <= n; i++) {
		double x = number_round(axis.low + (double)i * axis.step, axis.decimals);

		plotfile_number(f, x);
		plotfile_text(f, label(f->arena, x, axis.decimals, lang));
	}
}

void plotfile_axis(struct plotfile *f, const char *block, struct axis axis, enum lang lang)
{
	tick_labels(f, block, axis, lang, number_shown);
}

static struct text signed_or_zero(struct arena *a, double x, int decimals, enum lang lang)
{
	return x == 0 ? span_of("0") : number_signed(a, x, decimals, lang);
}

void plotfile_axis_signed(struct plotfile *f, const char *block, struct axis axis, enum lang lang)
{
	tick_labels(f, block, axis, lang, signed_or_zero);
}

static struct text greedy(struct arena *a, struct text s, size_t letters, size_t *lines)
{
	struct text out = {"", 0}, word;
	size_t on_line = 0;

	*lines = s.n ? 1 : 0;
	while (s.n && span_split(&s, ' ', &word)) {
		size_t n = text_length(word);
		bool new_line = on_line && on_line + 1 + n > letters;

		*lines += new_line ? 1 : 0;
		out = arena_format(a, "%.*s%s%.*s", SPAN_ARG(out),
				   new_line  ? "\n"
				   : on_line ? " "
					     : "",
				   SPAN_ARG(word));
		on_line = new_line || !on_line ? n : on_line + 1 + n;
	}
	return out;
}

struct text plotfile_wrap(struct arena *a, struct text s, size_t letters, size_t *lines)
{
	struct text best = greedy(a, s, letters, lines);

	for (size_t narrower = letters;
	     *lines > 1 && narrower-- > 1;) { /* lines of about one length */
		size_t n;
		struct text even = greedy(a, s, narrower, &n);

		if (n > *lines)
			break;
		best = even;
	}
	return best;
}

/* Labels `gap` apart are a least-squares monotone fit of position[i] - i gap. */
void plotfile_spread(struct arena *a, double *position, size_t n, double gap, double low,
		     double high)
{
	double *sum = arena_new(a, n, sizeof *sum), room = gap * (double)(n ? n - 1 : 0);
	size_t *count = arena_new(a, n, sizeof *count), pools = 0, i = 0;

	for (size_t k = 0; k < n; k++) {
		sum[pools] = position[k] - gap * (double)k;
		count[pools++] = 1;
		while (pools > 1 && sum[pools - 2] / (double)count[pools - 2] >
					    sum[pools - 1] / (double)count[pools - 1]) {
			sum[pools - 2] += sum[pools - 1];
			count[pools - 2] += count[pools - 1];
			pools--;
		}
	}
	for (size_t p = 0; p < pools; p++) {
		double at = sum[p] / (double)count[p];

		if (high - low >= room) { /* inside, if all of them fit there */
			at = at > high - room ? high - room : at;
			at = at < low ? low : at;
		}
		for (size_t k = 0; k < count[p]; k++, i++)
			position[i] = at + gap * (double)i;
	}
}
