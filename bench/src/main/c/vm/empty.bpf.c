/* Nothing: what a call costs. */
#include "vm.h"

struct state {
    __u64 unused;
};
STATE;

SEC("xdp")
int run(struct xdp_md *ctx)
{
    return ctx->data == 0;
}
