// A program that calls another one: only functions in .text can be called.
// golden: by hand
#include "program.h"

SEC("tc") __noinline int called(struct __sk_buff *context) {
    volatile int copy = context->len;
    return copy * 5;
}

SEC("tc") int program(struct __sk_buff *context) { return called(context); }
