// Accesses outside of a map's value, bounds that the compiler loses, arithmetic. The line to change is marked.
#include "verdict.h"

struct counters {
	u32 total;
	u32 by_class[16];
	u8 name[44];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct counters);
} counters SEC(".maps");

u32 table[64];

static __always_inline struct counters *first(void)
{
	u32 key = 0;

	return bpf_map_lookup_elem(&counters, &key);
}

SEC("tc") REJECTED("map-value-bounds")
int an_index_of_any_size(struct __sk_buff *skb)
{
	struct counters *found = first();
	u32 class = skb->priority;

	if (!found)
		return 0;
	found->by_class[class]++; // cause
	return 0;
}

SEC("tc") REJECTED("map-value-bounds")
int a_limit_that_is_one_too_large(struct __sk_buff *skb)
{
	u32 index = skb->mark;

	if (index > 64) // cause
		return 0;
	table[index] = 1;
	return 0;
}

SEC("tc") REJECTED("pointer-arithmetic")
int an_index_that_may_be_negative(struct __sk_buff *skb)
{
	int index = skb->mark;

	if (index > 60) // cause
		return 0;
	hide(index);
	table[index + 2] = 1;
	return 0;
}

SEC("tc") REJECTED("map-value-bounds")
int another_number_is_checked(struct __sk_buff *skb)
{
	u32 index = skb->mark, length = skb->len;

	if (length > 63)
		return 0;
	table[index] = length; // cause
	return 0;
}

SEC("tc") REJECTED("map-value-bounds")
int an_index_from_the_value_itself(struct __sk_buff *skb)
{
	struct counters *found = first();

	if (!found)
		return 0;
	u32 at = found->total;
	found->name[at] = 'x'; // cause
	return 0;
}

SEC("tc") REJECTED("map-value-bounds")
int more_is_copied_than_there_is(struct __sk_buff *skb)
{
	struct counters *found = first();

	if (!found)
		return 0;
	bpf_skb_load_bytes(skb, 0, found->name, 64); // cause
	return 0;
}

SEC("tc") REJECTED("pointer-arithmetic")
int a_copy_is_checked(struct __sk_buff *skb)
{
	u64 index = bpf_ktime_get_ns();
	u32 low = index;

	hide(low);
	if (low > 63) // cause
		return 0;
	table[index] = 1;
	return 0;
}

SEC("tc") REJECTED("map-value-bounds")
int the_memory_is_read_again_after_the_check(struct __sk_buff *skb)
{
	struct counters *found = first();

	if (!found)
		return 0;
	if (*(volatile u32 *)&found->total > 15) // cause
		return 0;
	found->by_class[*(volatile u32 *)&found->total] = 1;
	return 0;
}

SEC("tc") REJECTED("map-value-bounds")
int bounds_are_lost_on_the_stack(struct __sk_buff *skb)
{
	volatile u32 kept = 0;
	u64 index = skb->mark;

	if (index > 63)
		return 0;
	((volatile u8 *)&kept)[0] = index; // cause
	index = kept;
	table[index] = 1;
	return 0;
}

SEC("tc") REJECTED("pointer-arithmetic")
int any_number_is_added(struct __sk_buff *skb)
{
	struct counters *found = first();
	long offset = bpf_ktime_get_ns();

	if (!found)
		return 0;
	u8 *at = found->name + offset; // cause
	hide(at);
	*at = 1;
	return 0;
}

SEC("tc") REJECTED("pointer-arithmetic")
int an_unlimited_number_is_added_to_a_packet(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data;
	void *data_end = (void *)(long)skb->data_end;
	u64 offset = bpf_ktime_get_ns();
	u8 *at = data + offset; // cause

	if ((void *)(at + 1) > data_end)
		return 0;
	return *at == 1 ? 2 : 0;
}
