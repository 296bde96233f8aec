/* Adds up the numbers that user space sends through a user ring buffer. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

struct bpf_dynptr;

struct {
	__uint(type, 31); /* BPF_MAP_TYPE_USER_RINGBUF */
	__uint(max_entries, 4096);
} commands SEC(".maps");

static long (*user_ringbuf_drain)(void *map, void *callback, void *context, __u64 flags) = (void *)209;
static long (*dynptr_read)(void *to, __u32 length, const struct bpf_dynptr *from, __u32 offset, __u64 flags) = (void *)201;

__u64 sum = 0;

static long add(struct bpf_dynptr *record, void *context)
{
	__u64 number = 0;

	if (dynptr_read(&number, sizeof(number), record, 0, 0) == 0)
		sum += number;
	return 0;
}

SEC("xdp")
int drain(struct xdp_md *context)
{
	return user_ringbuf_drain(&commands, add, 0, 0);
}

char LICENSE[] SEC("license") = "GPL";
