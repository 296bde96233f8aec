// A static function in the section of the programs: only .text holds subprograms.
// golden: by hand
#include "program.h"

static SEC("tc") __noinline int local_in_section(int a) {
    volatile int copy = a;
    return copy * 5;
}

SEC("tc") int program(struct __sk_buff *context) { return local_in_section(context->len); }
