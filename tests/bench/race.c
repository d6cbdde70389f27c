/* race.c -- two commands in turn on one file: how do their times compare?
 *
 *   race [-n PAIRS] [-r FILE] [-c FILE] [-t SECONDS] A... -- B...
 *
 * A and B run in turn (A B, B A, A B ...), PAIRS times (9). Before each run FILE is read, so that
 * it is in memory; the output of both goes nowhere. Prints one line of CSV, its columns being those
 * of `columns` below: medians, least and most of wall time and processor time (user and system) of
 * each, the median and spread of the pairs' ratios B / A, and the most memory each took.
 *
 * A pair is noisy when something else took more than a tenth of a core meanwhile (the machine's
 * busy time less that of the run). Noisy pairs are repeated, at most PAIRS more; where fewer than
 * half of PAIRS are quiet all count. The line says how many pairs were run, and how many of them
 * count. With -c each pair is appended to FILE as wall, processor seconds and other load of A, then
 * of B. Status 1: a command failed or took longer than SECONDS (600). */
#define _DEFAULT_SOURCE /* wait4 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST 200
#define MOST_LOAD 0.1

struct run {
	double wall, cpu, load; /* seconds; cores that others took */
	long kib;               /* of resident memory */
};

struct pair {
	struct run of[2];
	bool quiet;
};

static const char columns[] =
	"a_wall,a_wall_min,a_wall_max,b_wall,b_wall_min,b_wall_max,wall_ratio,wall_ratio_min,"
	"wall_ratio_max,a_cpu,a_cpu_min,a_cpu_max,b_cpu,b_cpu_min,b_cpu_max,cpu_ratio,"
	"cpu_ratio_min,cpu_ratio_max,a_mb,b_mb,pairs,counted";

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Processor seconds of the whole machine so far, those stolen from it among them. */
static double busy(void)
{
	unsigned long long t[8] = {0};
	FILE *f = fopen("/proc/stat", "r");

	if (!f)
		return 0;
	if (fscanf(f, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", t, t + 1, t + 2, t + 3, t + 4,
		   t + 5, t + 6, t + 7) != 8)
		t[0] = 0;
	fclose(f);
	return (double)(t[0] + t[1] + t[2] + t[5] + t[6] + t[7]) / (double)sysconf(_SC_CLK_TCK);
}

static void read_through(const char *file)
{
	static char block[256 * 1024];
	int f = file ? open(file, O_RDONLY) : -1;

	if (f < 0)
		return;
	while (read(f, block, sizeof block) > 0)
		;
	close(f);
}

static void become(char **command, unsigned seconds)
{
	int nothing = open("/dev/null", O_WRONLY);

	dup2(nothing, STDOUT_FILENO);
	alarm(seconds); /* outlives exec */
	execvp(command[0], command);
	fprintf(stderr, "race: %s: %s\n", command[0], strerror(errno));
	_exit(127);
}

static struct run run(char **command, const char *file, unsigned seconds)
{
	struct rusage used;
	struct run r;
	double start, others;
	int status;
	pid_t child;

	read_through(file);
	others = busy();
	start = now();
	child = fork();
	if (child == 0)
		become(command, seconds);
	if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0) {
		fprintf(stderr, "race: %s did not end well\n", command[0]);
		exit(1);
	}
	r.wall = now() - start;
	r.cpu = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
		(double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
	r.load = (busy() - others - r.cpu) / r.wall;
	r.kib = used.ru_maxrss;
	return r;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void summary(double *x, int n)
{
	qsort(x, (size_t)n, sizeof *x, by_size);
	printf("%.4f,%.4f,%.4f,", n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2, x[0], x[n - 1]);
}

static void times(const struct pair *p, int n, bool all, double (*of)(const struct pair *))
{
	double x[MOST];
	int k = 0;

	for (int i = 0; i < n; i++)
		if (all || p[i].quiet)
			x[k++] = of(&p[i]);
	summary(x, k);
}

static double wall_a(const struct pair *p)
{
	return p->of[0].wall;
}

static double wall_b(const struct pair *p)
{
	return p->of[1].wall;
}

static double wall_ratio(const struct pair *p)
{
	return p->of[1].wall / p->of[0].wall;
}

static double cpu_a(const struct pair *p)
{
	return p->of[0].cpu;
}

static double cpu_b(const struct pair *p)
{
	return p->of[1].cpu;
}

static double cpu_ratio(const struct pair *p)
{
	return p->of[1].cpu / p->of[0].cpu;
}

static void report(const struct pair *p, int n, int quiet, int wanted)
{
	bool all = 2 * quiet < wanted;
	long most[2] = {0, 0};

	times(p, n, all, wall_a);
	times(p, n, all, wall_b);
	times(p, n, all, wall_ratio);
	times(p, n, all, cpu_a);
	times(p, n, all, cpu_b);
	times(p, n, all, cpu_ratio);
	for (int i = 0; i < n; i++)
		for (int k = 0; k < 2; k++)
			if (p[i].of[k].kib > most[k])
				most[k] = p[i].of[k].kib;
	printf("%.1f,%.1f,%d,%d\n", (double)most[0] * 1024e-6, (double)most[1] * 1024e-6, n,
	       all ? n : quiet);
}

static void keep(const char *file, const struct pair *p)
{
	FILE *f = file ? fopen(file, "a") : NULL;

	if (!f)
		return;
	fprintf(f, "%.4f,%.4f,%.2f,%.4f,%.4f,%.2f\n", p->of[0].wall, p->of[0].cpu, p->of[0].load,
		p->of[1].wall, p->of[1].cpu, p->of[1].load);
	fclose(f);
}

static char **second(char **command)
{
	for (; *command; command++)
		if (strcmp(*command, "--") == 0) {
			*command = NULL;
			return command + 1;
		}
	fputs("race: no -- between two commands\n", stderr);
	exit(2);
}

int main(int argc, char **argv)
{
	static struct pair pair[MOST];
	const char *file = NULL, *log = NULL;
	unsigned seconds = 600;
	int option, wanted = 9, n = 0, quiet = 0;
	char **command[2];

	while ((option = getopt(argc, argv, "+n:r:c:t:H")) != -1)
		switch (option) {
		case 'n': wanted = (int)strtol(optarg, NULL, 10); break;
		case 'r': file = optarg; break;
		case 'c': log = optarg; break;
		case 't': seconds = (unsigned)strtoul(optarg, NULL, 10); break;
		case 'H': puts(columns); return 0;
		default: return 2;
		}
	if (wanted < 1 || 2 * wanted > MOST || optind >= argc)
		return 2;
	command[0] = argv + optind;
	command[1] = second(command[0]);
	for (; n < 2 * wanted && quiet < wanted; n++) {
		for (int k = 0; k < 2; k++) {
			int who = (n + k) % 2;

			pair[n].of[who] = run(command[who], file, seconds);
		}
		pair[n].quiet = pair[n].of[0].load <= MOST_LOAD && pair[n].of[1].load <= MOST_LOAD;
		quiet += pair[n].quiet;
		keep(log, &pair[n]);
	}
	report(pair, n, quiet, wanted);
	return 0;
}
