/*
 * What KernelComparison.java measures of Skep, done with libbpf: one line each, "NAME NANOSECONDS", the median of the rounds.
 * Arguments: a small object, events.bpf.o, large.bpf.o.
 */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 15
#define KEYS 100000

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void report(const char *name, double *rounds)
{
	qsort(rounds, ROUNDS, sizeof(double), compare);
	printf("%s %.1f\n", name, rounds[ROUNDS / 2]);
}

static int silent(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

static void load(const char *name, const char *file)
{
	double rounds[ROUNDS];

	for (int i = 0; i < ROUNDS; i++) {
		double start = now();
		struct bpf_object *object = bpf_object__open_file(file, NULL);

		if (!object || bpf_object__load(object)) {
			fprintf(stderr, "cannot load %s\n", file);
			exit(1);
		}
		bpf_object__close(object);
		rounds[i] = now() - start;
	}
	report(name, rounds);
}

static void map_operations(struct bpf_object *object)
{
	int map = bpf_object__find_map_fd_by_name(object, "table");
	double update[ROUNDS], lookup[ROUNDS], batch_update[ROUNDS], batch_lookup[ROUNDS];
	unsigned long long *keys = calloc(KEYS, 8), *values = calloc(KEYS, 8), value;

	for (unsigned long long i = 0; i < KEYS; i++)
		keys[i] = values[i] = i;
	for (int round = 0; round < ROUNDS; round++) {
		double start = now();
		for (unsigned long long i = 0; i < KEYS; i++)
			bpf_map_update_elem(map, &i, &i, BPF_ANY);
		update[round] = (now() - start) / KEYS;

		start = now();
		for (unsigned long long i = 0; i < KEYS; i++)
			bpf_map_lookup_elem(map, &i, &value);
		lookup[round] = (now() - start) / KEYS;

		unsigned int count = KEYS, from, next;
		start = now();
		bpf_map_update_batch(map, keys, values, &count, NULL);
		batch_update[round] = (now() - start) / KEYS;

		unsigned int total = 0;
		int err = 0;
		start = now();
		while (!err) {
			count = 4096;
			err = bpf_map_lookup_batch(map, total ? &from : NULL, &next, keys, values, &count, NULL);
			total += count;
			from = next;
		}
		batch_lookup[round] = (now() - start) / total;
		for (unsigned long long i = 0; i < KEYS; i++)
			keys[i] = values[i] = i;
	}
	report("map_update", update);
	report("map_lookup", lookup);
	report("map_update_batch", batch_update);
	report("map_lookup_batch", batch_lookup);
}

static unsigned long long sum;

static int consume(void *context, void *data, size_t size)
{
	sum += *(unsigned char *)data;
	return 0;
}

static void events(struct bpf_object *object, struct ring_buffer *ring, unsigned int size)
{
	struct bpf_program *program = bpf_object__find_program_by_name(object, "fill");
	unsigned int count = 14 * 1024 * 1024 / (size + 8);
	double rounds[ROUNDS];
	char name[32];

	for (int i = 0; i < ROUNDS; i++) {
		unsigned int order[2] = { size, count };
		LIBBPF_OPTS(bpf_test_run_opts, options, .ctx_in = order, .ctx_size_in = sizeof(order));

		bpf_prog_test_run_opts(bpf_program__fd(program), &options);
		double start = now();
		int got = ring_buffer__consume(ring);
		rounds[i] = (now() - start) / count;
		if (got != (int)count)
			fprintf(stderr, "%d of %u events\n", got, count);
	}
	snprintf(name, sizeof(name), "ring_%u", size);
	report(name, rounds);
}

static void types(void)
{
	double rounds[ROUNDS];

	for (int i = 0; i < ROUNDS; i++) {
		double start = now();
		struct btf *btf = btf__load_vmlinux_btf();

		if (btf__find_by_name_kind(btf, "task_struct", BTF_KIND_STRUCT) < 0)
			fprintf(stderr, "no task_struct\n");
		btf__free(btf);
		rounds[i] = now() - start;
	}
	report("find_type", rounds);
}

int main(int argc, char **argv)
{
	libbpf_set_print(silent);
	load("load_small", argv[1]);
	load("load_large", argv[3]);
	struct bpf_object *object = bpf_object__open_file(argv[2], NULL);
	if (!object || bpf_object__load(object))
		return 1;
	map_operations(object);
	struct ring_buffer *ring =
		ring_buffer__new(bpf_object__find_map_fd_by_name(object, "ring"), consume, NULL, NULL);
	events(object, ring, 64);
	events(object, ring, 512);
	events(object, ring, 4096);
	types();
	return sum == 0;
}
