// The version section, which only kprobes of old kernels need, and another license.
#define LICENSE GPL_AS_WELL
#include "program.h"
#undef LICENSE

__u32 kernel_version SEC("version") = 0x060c01;

SEC("kprobe/do_nanosleep") int probes(void *context) { return 0; }
