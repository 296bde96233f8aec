/*
 * Runs the program it is linked with on request: says "ready", then answers each line from standard input. The same as
 * Worker.java.
 *
 *   check FILE      runs once on the packet in FILE; answers "R0 FINGERPRINT", the latter of packet, state and records
 *   measure MS RUNS runs on the last packet for MS milliseconds, at most RUNS between readings of the ring buffers; answers
 *                   nanoseconds per run: the median of the batches
 */
#define _GNU_SOURCE
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "native_maps.h"

#define LONGEST_PACKET 4096
#define MOST_BATCHES 100000

extern int run(struct xdp_md *ctx);
extern void *const native_state;
extern const size_t native_state_size;

static __u8 *packet;
static __u32 length;
static __u64 fingerprint;

/* FNV-1a. */
static void add(const __u8 *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        fingerprint = (fingerprint ^ bytes[i]) * 0x100000001b3ull;
}

static void add_record(const __u8 *record, __u32 size)
{
    add(record, size);
}

static void drain(void (*see)(const __u8 *record, __u32 size))
{
    for (struct native_map *map = native_maps; map; map = map->next)
        if (map->type == BPF_MAP_TYPE_RINGBUF)
            native_drain(map, see);
}

static int run_once(void)
{
    struct xdp_md context = {
        .data = (__u32)(unsigned long)packet,
        .data_end = (__u32)(unsigned long)packet + length,
    };

    return run(&context);
}

static void check(const char *path)
{
    FILE *file = fopen(path, "rb");
    int result;

    if (!file) {
        perror(path);
        exit(1);
    }
    length = fread(packet, 1, LONGEST_PACKET, file);
    fclose(file);
    result = run_once();
    fingerprint = 0xcbf29ce484222325ull;
    add(packet, length);
    add(native_state, native_state_size);
    drain(add_record);
    printf("%08x %016" PRIx64 "\n", result, (uint64_t)fingerprint);
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return left < right ? -1 : left > right;
}

static void measure(double milliseconds, int runs)
{
    static double batches[MOST_BATCHES];
    double end = now() + milliseconds * 1e6;
    int count = 0;

    do {
        double start = now();

        for (int i = 0; i < runs; i++)
            run_once();
        batches[count++] = (now() - start) / runs;
        drain(NULL);
    } while (now() < end && count < MOST_BATCHES);
    qsort(batches, count, sizeof(*batches), ascending);
    printf("%.1f\n", batches[count / 2]);
}

int main(void)
{
    char line[4096];
    double milliseconds;
    int runs;

    packet = mmap(NULL, LONGEST_PACKET, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    if (packet == MAP_FAILED) {
        perror("mmap");
        return 1;
    }
    puts("ready");
    fflush(stdout);
    while (fgets(line, sizeof(line), stdin)) {
        line[strcspn(line, "\n")] = 0;
        if (strncmp(line, "check ", 6) == 0)
            check(line + 6);
        else if (sscanf(line, "measure %lf %d", &milliseconds, &runs) == 2)
            measure(milliseconds, runs);
        else
            return 2;
        fflush(stdout);
    }
    return 0;
}
