// Open-coded iterators: made, advanced, destroyed.
#include "verdict.h"

struct bpf_iter_num {
    u64 opaque;
} __attribute__((aligned(8)));

int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym;
int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym;
void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym;

u64 table[16];

SEC("raw_tp") ACCEPTED int whole_loop(void *ctx)
{
    struct bpf_iter_num it;
    int *value, sum = 0;
    bpf_iter_num_new(&it, 0, 1000000);
    while ((value = bpf_iter_num_next(&it)))
        sum += *value;
    bpf_iter_num_destroy(&it);
    return sum;
}

SEC("raw_tp") REJECTED("reference") int not_destroyed(void *ctx)
{
    struct bpf_iter_num it;
    int *value, sum = 0;
    bpf_iter_num_new(&it, 0, 10);
    while ((value = bpf_iter_num_next(&it)))
        sum += *value;
    return sum;
}

SEC("raw_tp") REJECTED("iterator") int destroyed_twice(void *ctx)
{
    struct bpf_iter_num it;
    bpf_iter_num_new(&it, 0, 10);
    bpf_iter_num_destroy(&it);
    bpf_iter_num_destroy(&it);
    return 0;
}

SEC("raw_tp") REJECTED("iterator") int not_made(void *ctx)
{
    struct bpf_iter_num it;
    int *value = bpf_iter_num_next(&it);
    return value ? *value : 0;
}

SEC("raw_tp") REJECTED("iterator") int made_twice(void *ctx)
{
    struct bpf_iter_num it;
    bpf_iter_num_new(&it, 0, 10);
    bpf_iter_num_new(&it, 0, 10);
    bpf_iter_num_destroy(&it);
    return 0;
}

SEC("raw_tp") REJECTED("iterator") int used_after_it_was_destroyed(void *ctx)
{
    struct bpf_iter_num it;
    bpf_iter_num_new(&it, 0, 10);
    bpf_iter_num_destroy(&it);
    int *value = bpf_iter_num_next(&it);
    return value ? *value : 0;
}

SEC("raw_tp") REJECTED("scalar-as-pointer") int element_unchecked(void *ctx)
{
    struct bpf_iter_num it;
    bpf_iter_num_new(&it, 0, 10);
    int value = *bpf_iter_num_next(&it);
    bpf_iter_num_destroy(&it);
    return value;
}

SEC("raw_tp") REJECTED("iterator") int overwritten(void *ctx)
{
    struct bpf_iter_num it;
    bpf_iter_num_new(&it, 0, 10);
    *(volatile u64 *)&it = 0;
    bpf_iter_num_destroy(&it);
    return 0;
}

SEC("raw_tp") REJECTED("iterator") int its_bytes_are_read(void *ctx)
{
    struct bpf_iter_num it;
    bpf_iter_num_new(&it, 0, 10);
    u64 inside = *(volatile u64 *)&it;
    bpf_iter_num_destroy(&it);
    return inside;
}

SEC("raw_tp") ACCEPTED int left_early(void *ctx)
{
    struct bpf_iter_num it;
    int *value;
    bpf_iter_num_new(&it, 0, 10);
    while ((value = bpf_iter_num_next(&it)))
        if (bpf_get_prandom_u32() == 3)
            break;
    bpf_iter_num_destroy(&it);
    return 0;
}

SEC("raw_tp") ACCEPTED int index_compared(void *ctx)
{
    struct bpf_iter_num it;
    int *value;
    bpf_iter_num_new(&it, 0, 10);
    while ((value = bpf_iter_num_next(&it))) {
        u32 index = *value;
        if (index < 16)
            table[index] = 1;
    }
    bpf_iter_num_destroy(&it);
    return 0;
}

SEC("raw_tp") REJECTED("map-value-bounds") int index_not_compared(void *ctx)
{
    struct bpf_iter_num it;
    int *value;
    bpf_iter_num_new(&it, 0, 10);
    while ((value = bpf_iter_num_next(&it))) {
        u32 index = *value;
        table[index] = 1;
    }
    bpf_iter_num_destroy(&it);
    return 0;
}

SEC("raw_tp") ACCEPTED int nested(void *ctx)
{
    struct bpf_iter_num outer, inner;
    int sum = 0;
    bpf_iter_num_new(&outer, 0, 10);
    while (bpf_iter_num_next(&outer)) {
        bpf_iter_num_new(&inner, 0, 10);
        while (bpf_iter_num_next(&inner))
            sum++;
        bpf_iter_num_destroy(&inner);
    }
    bpf_iter_num_destroy(&outer);
    return sum;
}

SEC("raw_tp") REJECTED("map-value-bounds") int counter_grows_without_bound(void *ctx)
{
    struct bpf_iter_num it;
    u64 index = 0;
    bpf_iter_num_new(&it, 0, 10);
    while (bpf_iter_num_next(&it)) {
        index++;
        hide(index);
    }
    bpf_iter_num_destroy(&it);
    table[index & 31] = 1;
    return 0;
}

static __noinline int count(struct bpf_iter_num *it)
{
    int n = 0;
    while (bpf_iter_num_next(it))
        n++;
    return n;
}

SEC("raw_tp") ACCEPTED int advanced_by_a_function(void *ctx)
{
    struct bpf_iter_num it;
    bpf_iter_num_new(&it, 0, 10);
    int n = count(&it);
    bpf_iter_num_destroy(&it);
    return n;
}
