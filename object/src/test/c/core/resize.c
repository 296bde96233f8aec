// Unsigned integers and pointers may have another size in the target: the load gets it.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct sizes { __u64 widened; __u8 narrowed; __u16 halved; void *pointer; _Bool flag; };
KEEP(sizes, struct sizes *p)
#else
struct sizes { __u32 widened; __u64 narrowed; __u32 halved; void *pointer; __u16 flag; } CORE;

SEC("raw_tp/x") __u64 loads(struct sizes *p) { return p->widened + p->narrowed + p->halved + (__u64)p->pointer + p->flag; }

SEC("raw_tp/x") int stores(struct sizes *p, __u64 value) {
    p->narrowed = value;
    p->halved = 5;
    return 0;
}
#endif
