/* A large program: some 15,000 instructions, nearly all of them straight ahead. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char _license[] SEC("license") = "GPL";

__u64 state[16];

#define STEP(i) state[(i) & 15] = state[((i) + 3) & 15] * 31 + (state[((i) + 7) & 15] ^ (i));
#define STEPS4(i) STEP(i) STEP(i + 1) STEP(i + 2) STEP(i + 3)
#define STEPS16(i) STEPS4(i) STEPS4(i + 4) STEPS4(i + 8) STEPS4(i + 12)
#define STEPS64(i) STEPS16(i) STEPS16(i + 16) STEPS16(i + 32) STEPS16(i + 48)
#define STEPS256(i) STEPS64(i) STEPS64(i + 64) STEPS64(i + 128) STEPS64(i + 192)
#define STEPS1024(i) STEPS256(i) STEPS256(i + 256) STEPS256(i + 512) STEPS256(i + 768)

SEC("xdp") int large(struct xdp_md *context)
{
	state[0] += context->ingress_ifindex;
	STEPS1024(0)
	asm volatile("" ::: "memory");
	STEPS1024(1024)
	asm volatile("" ::: "memory");
	STEPS1024(2048)
	return XDP_PASS;
}
