/* 2048 records of 48 bytes for a reader, who has to come every 146 runs; every sixteenth is thrown away. */
#include "vm.h"

#define BLOCKS 32
#define RECORDS 64

struct event {
    __u64 number;
    __u64 words[5];
};

RING(events, 16 * 1024 * 1024);

struct state {
    __u64 sent;
    __u64 lost;
};
STATE;

__noinline __u64 send(__u64 x)
{
    for (int i = 0; i < RECORDS; i++) {
        struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

        x = next_random(x);
        if (!event) {
            state.lost++;
            continue;
        }
        event->number = state.sent++;
        event->words[0] = x;
        event->words[1] = x >> 8;
        event->words[2] = x * 3;
        event->words[3] = ~x;
        event->words[4] = x ^ i;
        if ((i & 15) == 15)
            bpf_ringbuf_discard(event, BPF_RB_NO_WAKEUP);
        else
            bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);
    }
    return x;
}

SEC("xdp")
int run(struct xdp_md *ctx)
{
    __u64 x = seed_of(ctx);

    for (int i = 0; i < BLOCKS; i++)
        x = send(x);
    return x + state.sent;
}
