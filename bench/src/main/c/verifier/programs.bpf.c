/* Programs that take a verifier time, each in another way: bench/verifier. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct record {
    __u8 bytes[256];
    __u64 sums[16];
};

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, struct record);
} records SEC(".maps");

static __always_inline struct record *record(void)
{
    __u32 key = 0;
    return bpf_map_lookup_elem(&records, &key);
}

/* A long loop that is followed round by round, with a branch in each. */
SEC("xdp")
int rounds(struct xdp_md *ctx)
{
    struct record *r = record();
    __u64 sum = 0;

    if (!r)
        return XDP_ABORTED;
    for (int i = 0; i < 2000; i++) {
        __u8 byte = r->bytes[(i * 7) & 255];

        if (byte & 1)
            sum += byte;
        else
            sum ^= (__u64)byte << (i & 31);
    }
    r->sums[0] = sum;
    return XDP_PASS;
}

/* The same with few rounds and much in each: options of a header, one after the other. */
SEC("xdp")
int options(struct xdp_md *ctx)
{
    void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
    __u32 at = 14 + 20;
    __u32 seen = 0;

#pragma clang loop unroll(disable)
    for (int i = 0; i < 6; i++) {
        __u8 *option = data + (at & 0x1ff);

        if ((void *)(option + 2) > end)
            break;
        if (option[0] == 0)
            break;
        if (option[0] == 1) {
            at++;
            continue;
        }
        if (option[1] < 2 || option[1] > 40)
            return XDP_DROP;
        if (option[0] == 3)
            seen |= 1;
        else if (option[0] == 4)
            seen |= 2;
        else if (option[0] == 8)
            seen |= 4;
        at += option[1];
    }
    return seen == 7 ? XDP_DROP : XDP_PASS;
}

/* Branches whose outcome is looked at later, so that no two ways can be taken for one: 2^12 paths. */
SEC("xdp")
int ways(struct xdp_md *ctx)
{
    struct record *r = record();
    __u32 at = 0;

    if (!r)
        return XDP_ABORTED;
#pragma clang loop unroll(full)
    for (int i = 0; i < 12; i++)
        if (r->bytes[i] > i)
            at += 1 << i;
    r->bytes[at & 255] = 1;
    barrier_var(at);
    if (at < 4096)
        r->sums[at & 15]++;
    return XDP_PASS;
}

static __noinline int mix(struct record *r, __u64 from, __u64 to)
{
    if (from > 15)
        return 1;
    barrier_var(to); /* lest one comparison is made of two, which bounds neither */
    if (to > 15)
        return 1;
    r->sums[to] += r->sums[from] * 31;
    if (r->sums[to] & 1)
        r->sums[to] ^= r->sums[from];
    return 0;
}

static __noinline int mix_twice(struct record *r, __u64 from)
{
    return mix(r, from, from + 1) + mix(r, from + 1, from);
}

/* Functions that are followed anew at each call. */
SEC("xdp")
int calls(struct xdp_md *ctx)
{
    struct record *r = record();
    int failed = 0;

    if (!r)
        return XDP_ABORTED;
    for (int i = 0; i < 15; i++)
        failed += mix_twice(r, i) + mix_twice(r, r->bytes[i]);
    return failed ? XDP_DROP : XDP_PASS;
}

char _license[] SEC("license") = "GPL";
