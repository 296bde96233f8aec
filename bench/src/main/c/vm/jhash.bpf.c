/* Bob Jenkins' lookup3 hash, as the kernel has it, of 1020 bytes, 64 times over with the last result as the seed. */
#include "vm.h"

#define ROUNDS 64
#define WORDS 255

struct state {
    __u32 hash;
    __u32 seed;
    __u32 words[WORDS];
};
STATE;

static __always_inline __u32 rol32(__u32 word, int shift)
{
    return word << shift | word >> (32 - shift);
}

__noinline __u32 jhash(__u32 seed)
{
    __u32 a, b, c;

    a = b = c = 0xdeadbeef + (WORDS << 2) + seed;
    for (int i = 0; i < WORDS; i += 3) {
        a += state.words[i];
        b += state.words[i + 1];
        c += state.words[i + 2];
        a -= c, a ^= rol32(c, 4), c += b;
        b -= a, b ^= rol32(a, 6), a += c;
        c -= b, c ^= rol32(b, 8), b += a;
        a -= c, a ^= rol32(c, 16), c += b;
        b -= a, b ^= rol32(a, 19), a += c;
        c -= b, c ^= rol32(b, 4), b += a;
    }
    c ^= b, c -= rol32(b, 14);
    a ^= c, a -= rol32(c, 11);
    b ^= a, b -= rol32(a, 25);
    c ^= b, c -= rol32(b, 16);
    a ^= c, a -= rol32(c, 4);
    b ^= a, b -= rol32(a, 14);
    c ^= b, c -= rol32(b, 24);
    return c;
}

__noinline int fill(__u64 x)
{
    for (int i = 0; i < WORDS; i++) {
        x = next_random(x);
        state.words[i] = x;
    }
    return 0;
}

SEC("xdp")
int run(struct xdp_md *ctx)
{
    __u64 x = seed_of(ctx);
    __u32 hash = 0;

    if (state.seed != (__u32)x) {
        state.seed = x;
        fill(x);
    }
    for (int i = 0; i < ROUNDS; i++)
        hash = jhash(hash);
    state.hash = hash;
    return hash;
}
