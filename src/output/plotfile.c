#include "output/plotfile.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define MOST_BYTES 1024 /* that gnuplot reads of a field */
#define ELLIPSIS "…"
#define MOST_NAME                                                                                  \
	31 /* letters of a key or a width's name: style.gp finds them by columns of 32             \
	    */

/* Under a name such as "rows:7", "text:title"; "rows" counts rows. */
struct plotfile_width {
	const char *name;
	double regular, bold, drawn;
};

static void end_field(struct plotfile *f)
{
	f->filled = true;
	if (++f->column == f->columns) {
		fputc('\n', f->out);
		f->column = 0;
		f->rows++;
	} else {
		fputc('\t', f->out);
	}
}

static size_t width_of(struct plotfile *f, const char *name)
{
	for (size_t i = f->widths; i-- > 0;)
		if (strcmp(f->width[i].name, name) == 0)
			return i;
	assert(strlen(name) <= MOST_NAME);
	f->width = arena_grow(f->arena, f->width, f->widths, sizeof *f->width);
	f->width[f->widths].name = name;
	return f->widths++;
}

static void measure(struct plotfile *f, size_t width, struct text s, struct look look)
{
	struct plotfile_width *w = &f->width[width];
	double regular = typeface_width(f->face, s, false), bold = typeface_width(f->face, s, true);

	w->regular = fmax(w->regular, regular);
	w->bold = fmax(w->bold, bold);
	w->drawn = fmax(w->drawn, look.indent + look.size * (look.bold ? bold : regular));
}

static void count_rows(struct plotfile *f)
{
	if (!f->face || !f->started || !f->rows)
		return;
	size_t at = width_of(f, f->block); /* may move them */

	f->width[at].regular = (double)f->rows;
}

static void put(struct plotfile *f, struct text s)
{
	fwrite(s.at, 1, s.n, f->out);
}

void plotfile_block(struct plotfile *f, const char *name, size_t columns)
{
	count_rows(f);
	if (f->started && !f->filled)
		for (size_t i = 0; i < f->columns; i++)
			plotfile_number(f, NAN);
	if (!*name)
		return;
	fprintf(f->out, "%s# %s\n", f->started ? "\n\n" : "", name);
	f->block = name;
	f->started = true;
	f->filled = false;
	f->columns = columns;
	f->column = f->rows = 0;
	f->of_column = arena_new(f->arena, columns, sizeof *f->of_column);
}

void plotfile_number(struct plotfile *f, double x)
{
	char s[NUMBER_BYTES];

	put(f, isnan(x) ? span_of("NaN") : number_drawn(x, s));
	end_field(f);
}

/* Longer text would lose its end between two bytes of a letter. */
static size_t whole_letters(struct text s)
{
	static const struct text ellipsis = TEXT(ELLIPSIS);
	size_t n = MOST_BYTES - ellipsis.n;

	if (s.n <= MOST_BYTES)
		return s.n;
	while (n && (s.at[n] & 0xC0) == 0x80)
		n--;
	return n;
}

static void put_text(struct plotfile *f, struct text s)
{
	char safe[MOST_BYTES] = {'\004'}; /* stands for nothing at all */
	size_t n = whole_letters(s);

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s.at[i];

		safe[i] = c == '"'    ? '\001'
			  : c == '\n' ? '\002'
			  : c == '\\' ? '\003'
			  : c < ' '   ? ' ' /* no picture: tabs, control characters */
				      : s.at[i];
	}
	put(f, (struct text){safe, n ? n : 1});
	if (n < s.n)
		fputs(ELLIPSIS, f->out);
	end_field(f);
}

static void put_key(struct plotfile *f, const char *key)
{
	assert(strlen(key) <= MOST_NAME);
	put_text(f, span_of(key));
}

static const struct look plain = {.size = 1};

void plotfile_text_as(struct plotfile *f, struct text s, struct look look)
{
	if (f->face && s.n) {
		size_t *known = &f->of_column[f->column];

		if (!*known)
			*known = 1 + width_of(f, arena_format(f->arena, "%s:%zu", f->block,
							      f->column + 1)
							 .at);
		measure(f, *known - 1, s, look);
	}
	put_text(f, s);
}

void plotfile_text(struct plotfile *f, struct text s)
{
	plotfile_text_as(f, s, plain);
}

void plotfile_gap(struct plotfile *f)
{
	if (f->filled)
		fputc('\n', f->out);
}

void plotfile_key(struct plotfile *f, const char *key, struct text value)
{
	if (f->face && value.n)
		measure(f, width_of(f, arena_format(f->arena, "text:%s", key).at), value, plain);
	put_key(f, key);
	put_text(f, value);
}

void plotfile_key_number(struct plotfile *f, const char *key, double value)
{
	put_key(f, key);
	plotfile_number(f, value);
}

void plotfile_widths(struct plotfile *f)
{
	const struct plotfile_width *w;
	size_t n;

	count_rows(f);
	w = f->width;
	n = f->widths;
	plotfile_block(f, "widths", 4);
	for (size_t i = 0; i < n; i++) {
		put_text(f, span_of(w[i].name));
		plotfile_number(f, number_round(w[i].regular, 4));
		plotfile_number(f, number_round(w[i].bold, 4));
		plotfile_number(f, number_round(w[i].drawn, 4));
	}
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

double plotfile_width(struct lettering l, struct text s)
{
	return l.size * typeface_width(l.face, s, l.bold);
}

/* Lines filled one after the other. Their number, and in *widest how wide the widest one is. */
static size_t greedy(struct text s, struct lettering l, double width, char *out, double *widest)
{
	double space = plotfile_width(l, (struct text){" ", 1}), on_line = 0;
	size_t lines = 1, at = 0;
	struct text word;

	*widest = 0;
	for (bool first = true; span_split(&s, ' ', &word); first = false) {
		double needs = plotfile_width(l, word);
		bool new_line = on_line > 0 && on_line + space + needs > width;

		if (!first)
			out[at++] = new_line ? '\n' : ' ';
		memcpy(out + at, word.at, word.n);
		at += word.n;
		lines += new_line;
		on_line = new_line || first ? needs : on_line + space + needs;
		*widest = fmax(*widest, on_line);
	}
	return lines;
}

/* Two lines are broken behind a comma or the like, when neither is then too wide, nor less than a
 * third of the other: between phrases rather than inside one. */
static void break_at_pause(struct text s, struct lettering l, double width, char *out)
{
	double least = width;
	size_t at = 0;

	for (size_t i = 1; i + 1 < s.n; i++) {
		if (s.at[i] != ' ' || !strchr(",;.", s.at[i - 1]))
			continue;
		double first = plotfile_width(l, (struct text){s.at, i}),
		       second = plotfile_width(l, (struct text){s.at + i + 1, s.n - i - 1});

		if (fmax(first, second) <= least &&
		    fmin(first, second) * 3 >= fmax(first, second)) {
			least = fmax(first, second);
			at = i;
		}
	}
	if (at == 0)
		return;
	memcpy(out, s.at, s.n);
	out[at] = '\n';
}

struct text plotfile_cut(struct arena *a, struct text s, struct lettering l, double width)
{
	struct text cut = s;

	while (cut.n && plotfile_width(l, cut) > width) {
		size_t n = s.at == cut.at && cut.n == s.n ? s.n : cut.n - strlen(ELLIPSIS);

		while (n && (s.at[n - 1] & 0xC0) == 0x80) /* the last letter, whole */
			n--;
		n -= n ? 1 : 0;
		while (n && s.at[n - 1] == ' ')
			n--;
		cut = n ? arena_format(a, "%.*s%s", (int)n, s.at, ELLIPSIS) : (struct text){"", 0};
	}
	return cut;
}

struct text plotfile_wrap(struct arena *a, struct text s, struct lettering l, double width,
			  size_t *lines)
{
	struct text best = arena_text(a, s);
	char *try = arena_new(a, s.n + 1, 1);
	double widest;

	*lines = s.n ? greedy(s, l, width, (char *)best.at, &widest) : 0;
	while (*lines > 1) { /* narrower as long as no line more is needed */
		double before = widest;

		if (greedy(s, l, before - 0.01, try, &widest) > *lines || widest >= before)
			break;
		memcpy((char *)best.at, try, s.n);
	}
	if (*lines == 2)
		break_at_pause(s, l, width, (char *)best.at);
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
