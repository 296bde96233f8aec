/* Fills a ring buffer on demand, and holds the map that operations are timed on. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char _license[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 16 * 1024 * 1024);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 100000);
	__type(key, __u64);
	__type(value, __u64);
} table SEC(".maps");

struct order {
	__u32 size; /* of a record: 64, 512 or 4096 */
	__u32 count;
};

char record[4096];

static long put(__u32 i, struct order *order)
{
	record[0] = i;
	if (order->size == 64)
		return bpf_ringbuf_output(&ring, record, 64, BPF_RB_NO_WAKEUP) != 0;
	if (order->size == 512)
		return bpf_ringbuf_output(&ring, record, 512, BPF_RB_NO_WAKEUP) != 0;
	return bpf_ringbuf_output(&ring, record, 4096, BPF_RB_NO_WAKEUP) != 0;
}

SEC("syscall") int fill(struct order *context)
{
	struct order order = *context;

	return bpf_loop(order.count, put, &order, 0);
}
