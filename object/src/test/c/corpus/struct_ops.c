// A kernel structure of functions, implemented here.
#include "program.h"

struct sock;

struct tcp_congestion_ops {
    void (*init)(struct sock *sk);
    __u32 (*ssthresh)(struct sock *sk);
    void (*cong_avoid)(struct sock *sk, __u32 ack, __u32 acked);
    __u32 (*undo_cwnd)(struct sock *sk);
    char name[16];
};

SEC("struct_ops/init") void starts(__u64 *context) {}

SEC("struct_ops/ssthresh") __u32 threshold(__u64 *context) { return 2; }

SEC("struct_ops/cong_avoid") void avoids(__u64 *context) {}

SEC("struct_ops/undo_cwnd") __u32 undoes(__u64 *context) { return 10; }

SEC(".struct_ops")
struct tcp_congestion_ops calm = {
    .init = (void *)starts,
    .ssthresh = (void *)threshold,
    .cong_avoid = (void *)avoids,
    .undo_cwnd = (void *)undoes,
    .name = "skep_calm",
};
