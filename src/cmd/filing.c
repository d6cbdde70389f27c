#include "cmd/filing.h"

#include "output/outfile.h"
#include "survey/catalog.h"

bool filing_open(struct arena *a, const char *path, struct filing *out, struct diag *why)
{
	*out = (struct filing){.arena = a, .path = path};
	return outfile_folder(a, path, why) && workdir_make(a, path, &out->dir, why);
}

bool filing_take(void *context, const char *name, struct text bytes, struct diag *why)
{
	struct filing *f = context;

	if (process_interrupted(why))
		return false;
	f->name[f->n++] = name;
	return outfile_write(workdir_file(f->arena, &f->dir, name), bytes, true, why);
}

typedef bool move_fn(const char *finished, const char *path, bool force, struct diag *why);

static bool each_file(const struct filing *f, move_fn *act, bool force, struct diag *why)
{
	bool fine = true;

	for (size_t i = 0; i < f->n; i++)
		fine &= act(workdir_file(f->arena, &f->dir, f->name[i]),
			    catalog_path(f->arena, f->path, f->name[i]), force, why);
	return fine;
}

bool filing_close(struct filing *f, bool ok, bool force, struct diag *why)
{
	ok = ok && each_file(f, outfile_check, force, why) &&
	     each_file(f, outfile_move, force, why);
	workdir_remove(&f->dir);
	return ok;
}
