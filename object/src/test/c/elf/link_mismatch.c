// Cannot be linked with link_library.c: means something else by a variable's name.
#include "program.h"

struct limits {
    int low;
    long high;
};

extern struct limits limits;

SEC("tc") int reads_limits(struct __sk_buff *skb) { return limits.high; }
