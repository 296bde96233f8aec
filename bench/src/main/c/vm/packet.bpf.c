/* Parses Ethernet, IPv4 and UDP, adds up the checksums of both headers and the payload, and takes one hop off, 64 times. */
#include "vm.h"

#define ROUNDS 64
#define ETHERNET 14
#define LONGEST 750

struct ipv4 {
    __u8 version_and_length;
    __u8 service;
    __u16 total;
    __u16 id;
    __u16 fragment;
    __u8 hops;
    __u8 protocol;
    __u16 checksum;
    __u16 source[2];
    __u16 destination[2];
};

struct udp {
    __u16 source;
    __u16 destination;
    __u16 length;
    __u16 checksum;
};

struct state {
    __u64 bytes;
    __u64 ports[64];
};
STATE;

static __always_inline __u16 fold(__u64 sum)
{
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    return ~sum;
}

/* The sum of the 16-bit words from the UDP header on. */
__noinline __u64 sum_words(struct xdp_md *ctx)
{
    const __u8 *end = (const __u8 *)(long)ctx->data_end;
    const __u8 *at = (const __u8 *)(long)ctx->data + ETHERNET + sizeof(struct ipv4);
    __u64 sum = 0;

    for (int i = 0; i < LONGEST; i++) {
        if (at + 2 > end)
            break;
        sum += *(const __u16 *)at;
        at += 2;
    }
    return sum;
}

__noinline int forward(struct xdp_md *ctx)
{
    const __u8 *end = (const __u8 *)(long)ctx->data_end;
    __u8 *packet = (__u8 *)(long)ctx->data;
    struct ipv4 *ip = (struct ipv4 *)(packet + ETHERNET);
    struct udp *udp = (struct udp *)(ip + 1);
    const __u16 *words = (const __u16 *)ip;
    __u64 sum = 0;

    if ((const __u8 *)(udp + 1) > end)
        return 1;
    if (*(__u16 *)(packet + 12) != 0x0008 || ip->version_and_length != 0x45 || ip->protocol != 17)
        return 2;
    ip->hops--;
    ip->checksum = 0;
    for (int i = 0; i < 10; i++)
        sum += words[i];
    ip->checksum = fold(sum);

    udp->checksum = 0;
    sum = sum_words(ctx);
    sum += ip->source[0] + ip->source[1] + ip->destination[0] + ip->destination[1] + udp->length + 0x1100;
    udp->checksum = fold(sum);

    state.bytes += end - packet;
    state.ports[udp->destination & 63]++;
    return ip->checksum ^ udp->checksum;
}

SEC("xdp")
int run(struct xdp_md *ctx)
{
    __u32 result = 0;

    for (int i = 0; i < ROUNDS; i++)
        result = result * 31 + forward(ctx);
    return result;
}
