// A prog array whose slots the loader fills with the object's own programs.
#include "program.h"

int left(struct __sk_buff *context);
int right(struct __sk_buff *context);

struct {
    __uint(type, PROG_ARRAY);
    __uint(max_entries, 3);
    __uint(key_size, 4);
    __array(values, int(struct __sk_buff *));
} jumps SEC(".maps") = {.values = {[0] = &left, [2] = &right}};

SEC("tc") int left(struct __sk_buff *context) { return 1; }

SEC("tc") int right(struct __sk_buff *context) { return 2; }

SEC("tc") int entry(struct __sk_buff *context) {
    tail_call(context, &jumps, context->mark & 2);
    return 0;
}
