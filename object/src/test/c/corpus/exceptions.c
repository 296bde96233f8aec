// golden: by hand
// A program that names its exception callback, which goes to the end of its code (libbpf since 1.3).
#include "program.h"

extern void bpf_throw(__u64 cookie) __ksym;

__noinline int unwinds(__u64 cookie) { return cookie + 1; }

__noinline int checks(int value) {
    if (value > 10)
        bpf_throw(value);
    return value * 2;
}

SEC("tc") __attribute__((btf_decl_tag("exception_callback:unwinds"))) int program(struct __sk_buff *context) {
    return checks(context->len);
}
