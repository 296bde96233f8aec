// SPDX-License-Identifier: Apache-2.0
// A TCP congestion control that keeps the congestion window at 10 packets, whatever the network does: for trying out how an
// application fares on a slow way. A structure of kernel functions (struct_ops), of which each is a program.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define WINDOW 10

// As much of the kernel's structures as is needed; where the members really are is found when the program is loaded.
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)
struct sock;

struct tcp_sock {
	__u32 snd_cwnd;
	__u32 snd_ssthresh;
};
#pragma clang attribute pop

struct tcp_congestion_ops {
	void (*init)(struct sock *sk);
	__u32 (*ssthresh)(struct sock *sk);
	void (*cong_avoid)(struct sock *sk, __u32 ack, __u32 acked);
	__u32 (*undo_cwnd)(struct sock *sk);
	char name[16];
};

char LICENSE[] SEC("license") = "Dual BSD/GPL";

// The kernel calls these with the function's arguments as an array; the socket is a struct tcp_sock.
SEC("struct_ops/window_init")
void window_init(__u64 *arguments)
{
	struct tcp_sock *socket = (struct tcp_sock *)arguments[0];

	socket->snd_cwnd = WINDOW;
}

SEC("struct_ops/window_ssthresh")
__u32 window_ssthresh(__u64 *arguments)
{
	return WINDOW;
}

SEC("struct_ops/window_avoid")
void window_avoid(__u64 *arguments)
{
	struct tcp_sock *socket = (struct tcp_sock *)arguments[0];

	socket->snd_cwnd = WINDOW;
}

SEC("struct_ops/window_undo")
__u32 window_undo(__u64 *arguments)
{
	struct tcp_sock *socket = (struct tcp_sock *)arguments[0];

	return socket->snd_cwnd;
}

SEC(".struct_ops.link")
struct tcp_congestion_ops window = {
	.init = (void *)window_init,
	.ssthresh = (void *)window_ssthresh,
	.cong_avoid = (void *)window_avoid,
	.undo_cwnd = (void *)window_undo,
	.name = "skep_window",
};
