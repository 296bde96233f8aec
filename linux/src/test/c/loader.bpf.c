/* What an object can ask of a loader: globals, constants, maps of every shape, externs, programs that are taken and refused. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define bpf_ksym_exists(symbol) (!!(symbol))

char _license[] SEC("license") = "GPL";

const volatile __u32 limit = 7;
__u64 initial = 40;
__u64 counted;

extern int LINUX_KERNEL_VERSION __kconfig;
extern const void bpf_prog_active_of_no_kernel __ksym __weak;
extern const void init_task __ksym;
extern int bpf_no_such_function(int x) __ksym __weak;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} table SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 5000); /* no power of two */
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__type(key, int);
	__type(value, int);
} per_cpu_events SEC(".maps");

struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, int);
} first SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, int);
	__array(values, struct inner);
} outer SEC(".maps") = { .values = { [1] = &first } };

int passes(struct xdp_md *context);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__type(key, int);
	__array(values, int(void *));
} jumps SEC(".maps") = { .values = { [1] = (void *)&passes } };

SEC("xdp") int passes(struct xdp_md *context)
{
	counted += initial + limit;
	return XDP_PASS;
}

SEC("xdp") int knows_kernel(struct xdp_md *context)
{
	if (&bpf_prog_active_of_no_kernel)
		return XDP_ABORTED;
	if (!((unsigned long)&init_task))
		return XDP_DROP;
	if (bpf_ksym_exists(bpf_no_such_function))
		return bpf_no_such_function(1);
	return LINUX_KERNEL_VERSION >> 16;
}

SEC("xdp") int jumps_on(struct xdp_md *context)
{
	bpf_tail_call(context, &jumps, 1);
	return XDP_DROP;
}

SEC("?xdp") int refused(struct xdp_md *context)
{
	__u32 key = limit;
	__u64 *value = bpf_map_lookup_elem(&table, &key);

	return *value; /* not checked for null */
}
