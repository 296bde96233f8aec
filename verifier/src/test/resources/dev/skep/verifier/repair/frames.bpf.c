// Registers, the stack, the context, global functions. The line to change is marked.
#include "verdict.h"

struct pair {
	u32 left;
	u32 right;
};

SEC("tc") REJECTED("uninitialized-register")
void a_program_without_a_result(struct __sk_buff *skb)
{
	if (skb->len > 100)
		skb->mark = 1;
} // cause

SEC("tc") REJECTED("uninitialized-register")
int a_register_is_read_after_a_call(struct __sk_buff *skb)
{
	u32 result;

	asm volatile("r1 = 5; call %[now]; %[result] = r1" // cause
		     : [result] "=r"(result)
		     : [now] "i"(BPF_FUNC_ktime_get_ns)
		     : "r0", "r1", "r2", "r3", "r4", "r5");
	return result;
}

SEC("tc") REJECTED("stack-access")
int a_variable_index_on_the_stack(struct __sk_buff *skb)
{
	u8 bytes[32] = {};
	u32 at = skb->mark;

	bytes[at] = 1; // cause
	hide(at);
	return bytes[at & 31];
}

SEC("tc") REJECTED("stack-access")
int eight_bytes_at_an_odd_address(struct __sk_buff *skb)
{
	u8 bytes[32] = {};

	*(u64 *)(bytes + 4) = skb->mark; // cause
	bpf_skb_store_bytes(skb, 0, bytes, sizeof(bytes), 0);
	return 0;
}

SEC("tc") REJECTED("context-access")
int a_field_with_another_size(struct __sk_buff *skb)
{
	u64 both = *(volatile u64 *)&skb->mark; // cause

	return both == 1;
}

SEC("tc") REJECTED("context-access")
int a_field_that_may_only_be_read(struct __sk_buff *skb)
{
	skb->mark = 1;
	*(volatile u32 *)&skb->len = 100; // cause
	return 0;
}

__noinline int sum_of(struct pair *pair)
{
	return pair->left + pair->right; // cause
}

SEC("tc") REJECTED("nullable-pointer")
int a_global_function_does_not_check(struct __sk_buff *skb)
{
	struct pair pair = {skb->mark, skb->len};

	return sum_of(&pair);
}

__noinline int length_of(void *data) // cause
{
	u32 length = 0;

	for (int i = 0; i < 4; i++)
		length += ((volatile u8 *)data)[i];
	return length;
}

SEC("tc") REJECTED("global-function-argument")
int a_global_function_takes_anything(struct __sk_buff *skb)
{
	u32 length = skb->len;

	return length_of(&length);
}
