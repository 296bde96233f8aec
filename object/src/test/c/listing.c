/* What a listing shows: several functions in a section, jumps both ways, relocations to maps, globals and functions. */
typedef unsigned int u32;
typedef unsigned long long u64;
#define SEC(name) __attribute__((section(name), used))

static void *(*bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;
static long (*bpf_loop)(u32 nr, void *callback, void *ctx, u64 flags) = (void *)181;

struct {
	int (*type)[1];
	u32 *key;
	u64 *value;
	int (*max_entries)[4];
} seen SEC(".maps");

u64 counter;
const volatile int factor = 7;
extern int host_option;

static __attribute__((noinline)) int lookup(int *p)
{
	u32 key = *p;
	u64 *value = bpf_map_lookup_elem(&seen, &key);

	if (!value)
		return 0;
	__sync_fetch_and_add(value, 1);
	return *value;
}

__attribute__((noinline)) int scaled(int x)
{
	return x * factor;
}

static long step(u32 index, void *ctx)
{
	*(u64 *)ctx += index;
	return index > 5;
}

SEC("xdp") int count(void *ctx)
{
	int key = 1;

	counter++;
	for (int i = 0; i < 100; i++)
		key += lookup(&key);
	return scaled(key) + key;
}

SEC("xdp") int sum(u32 *ctx)
{
	u64 total = ctx[0];

	bpf_loop(10, step, &total, 0);
	return total / 3 % 5;
}

SEC("tc") int decide(u64 *ctx)
{
	switch (ctx[0]) {
	case 1:
		return lookup((int *)ctx);
	case 2:
		return -1;
	}
	return ctx[1] < 0x123456789aULL;
}

char _license[] SEC("license") = "GPL";
