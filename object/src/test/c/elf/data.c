// Global variables in all sections that become maps, named ones too; static and hidden ones; addresses inside and behind them.
#include "program.h"

struct counter {
    __u64 packets;
    __u64 bytes;
};

const volatile __u32 limit = 100;
const volatile struct counter defaults[3] SEC(".rodata.defaults") = {{1, 2}, {3, 4}, {5, 6}};
struct counter counters[16];
static struct counter hidden_counters[4] SEC(".bss.private");
__hidden __u32 secret SEC(".data.secret") = 0x1234;
static int sequence = 3;
static int step = 2;
__u64 stamp SEC(".data.stamps") = 7;
// In a section that no loader makes a map of.
int ignored SEC("notes") = 1;

static __noinline int sum(const struct counter *from, const struct counter *to)
{
    int sum = 0;
    for (; from != to; from++) {
        sum += from->packets;
    }
    return sum;
}

SEC("xdp") int account(struct xdp_md *context)
{
    struct counter *counter = &counters[context->rx_queue_index & 15];
    counter->packets += limit + defaults[2].bytes;
    hidden_counters[3].bytes = stamp + secret;
    sequence += step++;
    return sum(counters, counters + 16) & 3;
}
