// Functions of every kind: programs that share a section, global, weak, hidden and static subprograms, two names for the same
// code, callbacks, a static function outside .text (which libbpf refuses), an exception callback.
#include "program.h"

extern void bpf_throw(__u64 cookie) __ksym;

int hits;

__noinline int global_one(int x) { return x * hits + 1; }
__weak __noinline int weak_one(int x) { return global_one(x) + 2; }
__hidden __noinline int hidden_one(int x) { return weak_one(x) ^ global_one(x - 1); }
static __noinline int static_one(int x) { return hidden_one(x) & 0xff; }
static __noinline int unused_by_second(int x) { return static_one(x) + hits; }

static int count(__u32 index, void *context)
{
    hits += index;
    return 0;
}

__noinline int on_throw(__u64 cookie) { return cookie + 7; }

SEC("xdp") int first(struct xdp_md *context)
{
    loop(4, count, NULL, 0);
    return unused_by_second(context->rx_queue_index) & 3;
}

SEC("xdp") int second(struct xdp_md *context) { return static_one(context->ingress_ifindex) & 3; }

int third(struct xdp_md *context) __attribute__((alias("second")));

__attribute__((section("tc"), noinline)) static int beside(int x) { return x + hits; }

SEC("tc") int classify(struct __sk_buff *skb) { return beside(skb->len) + beside(skb->mark); }

SEC("?tc") __attribute__((btf_decl_tag("exception_callback:on_throw"))) int throws(struct __sk_buff *skb)
{
    if (skb->len > 9000) {
        bpf_throw(skb->len);
    }
    return 0;
}
