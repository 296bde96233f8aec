// Kernel structures implemented by programs: linked, optional, several in a section, with data members and functions left out.
#include "program.h"

struct tcp_congestion_ops {
    int (*init)(void *sk);
    int (*ssthresh)(void *sk);
    __u32 key;
    __u32 flags;
    char name[16];
    int (*release)(void *sk);
};

SEC("struct_ops/init") int init(__u64 *context) { return 0; }
SEC("struct_ops.s/release") int release(__u64 *context) { return 1; }
SEC("struct_ops") int ssthresh(__u64 *context) { return 2; }

SEC(".struct_ops.link") struct tcp_congestion_ops linked = {
    .init = (void *)init, .release = (void *)release, .flags = 5, .name = "linked"};
SEC(".struct_ops.link") struct tcp_congestion_ops second = {.ssthresh = (void *)ssthresh, .key = 9, .name = "second"};
SEC("?.struct_ops") struct tcp_congestion_ops optional = {.init = (void *)init, .name = "optional"};
