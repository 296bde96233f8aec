/* A machine with two registers and sixteen operations that runs random code. */
#include "vm.h"

#define CODE 128
#define ROUNDS 64

struct state {
    __u64 seed;
    __u64 a;
    __u64 b;
    __u8 code[CODE];
    __u64 memory[16];
};
STATE;

__noinline int fill(__u64 x)
{
    for (int i = 0; i < CODE; i++) {
        x = next_random(x);
        state.code[i] = x;
    }
    return 0;
}

__noinline int execute(__u64 x)
{
    __u64 a = state.a + x;
    __u64 b = state.b;

    for (int i = 0; i < CODE; i++) {
        __u8 code = state.code[i];
        __u32 cell = code >> 4;

        switch (code & 15) {
        case 0: a += b; break;
        case 1: a -= cell; break;
        case 2: b += a; break;
        case 3: a ^= b; break;
        case 4: b |= a >> 3; break;
        case 5: a = a << 5 | a >> 59; break;
        case 6: b = b * 33; break;
        case 7: state.memory[cell] += a; break;
        case 8: a += state.memory[cell]; break;
        case 9: b ^= state.memory[cell]; break;
        case 10: state.memory[cell] ^= b; break;
        case 11: a = ~a; break;
        case 12: b -= a & 0xffff; break;
        case 13: a &= b | 0xff; break;
        case 14: b = b >> 1 | b << 63; break;
        case 15: a += cell * 7; break;
        }
    }
    state.a = a;
    state.b = b;
    return 0;
}

SEC("xdp")
int run(struct xdp_md *ctx)
{
    __u64 x = seed_of(ctx);

    if (state.seed != x) {
        state.seed = x;
        state.a = x;
        fill(x);
    }
    for (int i = 0; i < ROUNDS; i++)
        execute(i);
    return state.a + state.b;
}
