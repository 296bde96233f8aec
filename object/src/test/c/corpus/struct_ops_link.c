// golden: by hand
// struct_ops attached by a link, and one that is not created by default (libbpf since 1.2 and 1.4).
#include "program.h"

struct sock;

struct tcp_congestion_ops {
    void (*init)(struct sock *sk);
    __u32 (*ssthresh)(struct sock *sk);
    char name[16];
};

SEC("struct_ops") void starts(__u64 *context) {}

SEC("?struct_ops") __u32 threshold(__u64 *context) { return 2; }

SEC(".struct_ops.link") struct tcp_congestion_ops linked = {.init = (void *)starts, .name = "skep_linked"};

SEC("?.struct_ops") struct tcp_congestion_ops optional = {.ssthresh = (void *)threshold, .name = "skep_optional"};
