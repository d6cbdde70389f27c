#include "estimate/hadamard.h"

#include <stdbool.h>
#include <stdint.h>

/* Paley (1933): a Hadamard matrix of order q + 1 from the squares modulo a prime q = 3 mod 4. */
static bool is_paley(size_t order)
{
	size_t q = order - 1;

	if (order % 4)
		return false;
	for (size_t d = 3; d * d <= q; d += 2)
		if (q % d == 0)
			return false;
	return true;
}

size_t hadamard_order(size_t least)
{
	for (size_t order = 2;; order += order < 4 ? 2 : 4) {
		size_t core = order;

		while (core > 2 && core % 2 == 0 && !is_paley(core))
			core /= 2; /* Sylvester (1867): H, H over H, -H */
		if (order >= least && (core == 2 || is_paley(core)))
			return order;
	}
}

/* x^((q-1)/2) modulo the prime q: 1 for a square, q - 1 for another. */
static bool is_square(uint64_t x, uint64_t q)
{
	uint64_t power = 1;

	for (uint64_t e = (q - 1) / 2; e; e /= 2) {
		if (e % 2)
			power = power * x % q;
		x = x * x % q;
	}
	return power == 1;
}

int hadamard_sign(size_t order, size_t row, size_t column)
{
	int sign = 1;

	while (order > 2 && !is_paley(order)) {
		order /= 2;
		if (row >= order && column >= order)
			sign = -sign;
		row %= order;
		column %= order;
	}
	if (order == 2)
		return row && column ? -sign : sign;
	if (row == 0 || column == 0)
		return sign;
	if (row == column)
		return -sign;
	return is_square((row + order - 1 - column) % (order - 1), order - 1) ? -sign : sign;
}
