/* Any bytes as one of the tables of a survey folder, and as a key list of an office: read, or
 * refused with an error. The first byte says which. */
#include "estimate/margins.h"
#include "survey/agencies.h"
#include "survey/office.h"
#include "survey/province.h"
#include "survey/structure.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const char *const tables[] = {"structure.csv", "comparability.csv", "groups.csv",
				     "agencies.csv",  "units.csv",         "office.csv",
				     "margins.csv"};
static const char good[] = "era,code,parent,name_vi,name_en,min,max,weight,aggregation,direction\n"
			   "A,total,,T,T,0,100,1,sum,up\nB,total,,T,T,0,100,1,sum,up\n";

static void put(const char *path, const void *bytes, size_t n)
{
	FILE *out = fopen(path, "wb");

	assert(out && fwrite(bytes, 1, n, out) == n && fclose(out) == 0);
}

static void read_one(struct arena *a, const char *folder, size_t which, const char *file)
{
	struct diag why = {0};
	struct structure tree;
	struct agencies agencies;
	struct provinces units;
	struct office office;
	struct margins margins;
	bool ok = false;

	switch (which) {
	case 3: ok = agencies_read(a, folder, &agencies, &why); break;
	case 4: ok = provinces_read_units(a, file, &units, &why); break;
	case 5: ok = office_read(a, file, &office, &why); break;
	case 6: ok = margins_read(a, file, &margins, &why); break;
	default:
		ok = structure_read(a, HAILONG_SOURCE_DIR "/tests/data/share", folder, &tree, &why);
	}
	assert(ok == (why.errors == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = {0};
	const char *folder = arena_format(&a, "/tmp/hailong-fuzz-folder.%ld", (long)getpid()).at;
	const char *structure = arena_format(&a, "%s/structure.csv", folder).at, *file;
	size_t which = n ? bytes[0] % (sizeof tables / sizeof *tables) : 0;

	mkdir(folder, 0700);
	file = arena_format(&a, "%s/%s", folder, tables[which]).at;
	put(structure, good, sizeof good - 1);
	if (n)
		put(file, bytes + 1, n - 1);
	read_one(&a, folder, which, file);
	unlink(file);
	unlink(structure);
	rmdir(folder);
	arena_release(&a);
	return 0;
}
