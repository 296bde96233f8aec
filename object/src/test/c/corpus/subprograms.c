// Functions of every linkage, called from several sections and from each other.
#include "program.h"

static __noinline int in_text(int a, int b) {
    volatile int sum = a + b;
    return sum;
}

__noinline int global_function(int a) { return a * 3 + in_text(a, 1); }

__hidden __noinline int hidden_function(int a) { return in_text(a, a) ^ 5; }

__weak __noinline int weak_function(int a) { return a + 9; }

static __noinline int unused_chain(int a) { return weak_function(a) - 1; }

SEC("xdp") int from_xdp(struct xdp_md *context) { return in_text(context->data, 2) & global_function(1); }

SEC("tc") int from_tc(struct __sk_buff *context) { return hidden_function(context->len) + weak_function(3); }

SEC("tc") int also_from_tc(struct __sk_buff *context) {
    return global_function(context->mark) + unused_chain(2) + hidden_function(1);
}

SEC("socket") int calls_nothing(struct __sk_buff *context) { return context->len; }
