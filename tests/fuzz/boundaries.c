/* Any bytes as GeoJSON: matched with the four provinces of 2020 and drawn, or refused. */
#include "output/outline.h"
#include "survey/boundaries.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Every polygon on a page of 100 by 100 mm. */
static void draw(struct arena *a, const struct boundaries *b)
{
	struct extent e = {NAN, NAN, NAN, NAN};
	struct projection p;

	for (size_t i = 0; i < b->n; i++)
		outline_extent(&e, b->at[i].part, b->at[i].n);
	p = outline_fit(&e, 0, 0, 100, 100);
	for (size_t i = 0; i < b->n; i++)
		for (size_t k = 0; k < b->at[i].n; k++) {
			struct geo_part part = {b->at[i].part[k].n, NULL};

			part.ring = arena_new(a, part.n, sizeof *part.ring);
			for (size_t r = 0; r < part.n; r++)
				part.ring[r] = outline_ring(a, &p, &b->at[i].part[k].ring[r], 0.1);
			struct geo_ring joined = outline_joined(a, &part);
			struct geo_point inside = outline_inside(a, &part);

			for (size_t q = 0; q < joined.n; q++)
				assert(isfinite(joined.at[q].x) && isfinite(joined.at[q].y));
			assert(inside.x > -1 && inside.x < 101 && inside.y > -1 && inside.y < 101);
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena a = {0};
	struct diag why = {0};
	struct provinces all;
	struct geojson file;
	struct boundaries b;
	bool whole;

	assert(provinces_read(&a, HAILONG_SOURCE_DIR "/tests/data/share", &all, &why));
	whole = geojson_bytes(&a, "x", (struct text){(const char *)bytes, n}, &file, &why);
	assert(whole == (why.errors == 0) && (!whole || file.n > 0));
	if (boundaries_match(&a, &file, &all, 2020, &b, &why) && whole)
		draw(&a, &b);
	else
		assert(why.errors > 0);
	arena_release(&a);
	return 0;
}
