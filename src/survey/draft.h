/* draft.h -- a file of answers looked through for the first time: what its columns hold, and what
 * it says of them itself.
 *
 * Reads CSV and what statfile reads, in one pass that also makes answers.csv: the same values,
 * with the codes of missing answers as they are (".a" of Stata, 98 of SPSS).
 *
 * Not here: what is concluded from it (infer), the files of a survey folder (drafted), forms
 * (xlsform).
 * Uses csvin, statfile, codebook, guess. */
#ifndef SURVEY_DRAFT_H
#define SURVEY_DRAFT_H

#include "base/dict.h"
#include "input/csvin.h"
#include "input/statfile.h"
#include "survey/codebook.h"
#include "survey/guess.h"

#define DRAFT_SEEN 1000 /* different values of a column that are kept */

struct draft_level {
	struct text value, words[LANG__COUNT]; /* words of a language may be "" */
	bool satisfied;
};

/* What an answer must be, when a form says so. */
enum draft_rule { DRAFT_ANY, DRAFT_NUMBER, DRAFT_LEVEL };

/* How the kind of a question was found. */
enum draft_source { DRAFT_BY_VALUES, DRAFT_BY_LABELS, DRAFT_BY_FORM };

struct draft_column {
	struct text name, words[LANG__COUNT];
	const struct statfile_variable *variable; /* NULL: the file is CSV */
	/* from labels or a form; in the end all of the codebook */
	size_t n_levels, n_missing;
	struct draft_level *level;
	struct missing_code *missing;
	enum draft_rule rule;
	enum draft_source source;
	enum question_kind kind;
	enum guess_role role;
	bool role_given; /* on the command line */
	/* what was seen */
	struct dict *seen;   /* values that are no code of a missing answer, up to DRAFT_SEEN */
	struct dict *absent; /* codes of missing answers */
	size_t filled;       /* rows with such a value */
	bool many;           /* more than DRAFT_SEEN */
	bool numeric;        /* all values; true while there are none */
	double low, high;
};

struct draft {
	const struct guesses *guesses;
	const char *file;
	struct form_asked form; /* of the file, as far as it is given */
	const char *made_by;    /* "Stata", "SPSS", "SAS", "CSV" */
	struct text title;      /* the file's own; "" = none */
	size_t n, rows;
	struct draft_column *column;
	struct text answers; /* answers.csv */
	bool nest;           /* units of one name stand in several strata */
	bool uneven;         /* a stratum has several population counts */
	bool unweighted;     /* a column of ones was added */
	struct text weight;  /* its name, or that of the file's own weight */
};

/* draft_open: the names of the columns, and their labels.
 *   guesses  what infer and xlsform go by
 *   fails  as csvin_read, statfile_describe; two columns of one name; a column without one */
bool draft_open(struct arena *a, const struct guesses *guesses, const char *file,
		const struct form_asked *form, struct draft *out, struct diag *why);

/* draft_read: the rows. Roles must stand. Without a weight a column of ones is added.
 *   fails  as csvin_read; no rows; answers that break the rule of their column (each with its
 *          place) */
bool draft_read(struct arena *a, struct draft *d, struct diag *why);

/* draft_find: the column of that name; NULL when there is none. */
struct draft_column *draft_find(const struct draft *d, struct text name);

/* draft_role: the column with that role; NULL when there is none. */
struct draft_column *draft_role(const struct draft *d, enum guess_role role);

/* draft_level_of: the level with that value; NULL when there is none. */
struct draft_level *draft_level_of(const struct draft_column *c, struct text value);

#endif
