// Globals in the sections a compiler makes, and in sections of our own.
#include "program.h"

const volatile __u32 limit = 1500;
const volatile char greeting[] = "hello";
__u64 counter = 42;
__u64 empty;
static __u32 hidden_counter;
static volatile __u16 hidden_initial = 0x1234;
__u32 table[4] = {1, 2, 3, 4};
const volatile __u32 special SEC(".rodata.special") = 9;
__u32 grouped SEC(".data.grouped") = 5;
__u32 zeroed SEC(".bss.zeroed");

SEC("xdp") int uses_globals(struct xdp_md *context) {
    __u32 length = context->data_end - context->data;
    if (length > limit || length == special)
        return 1;
    counter += length;
    empty++;
    hidden_counter += greeting[length & 3];
    hidden_initial ^= grouped;
    zeroed = table[length & 3];
    return hidden_counter + hidden_initial > 7 ? 2 : 1;
}
