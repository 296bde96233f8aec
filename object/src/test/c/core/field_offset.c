// Fields that lie elsewhere in the target: loads and stores get its offsets.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct inner { long added; int b; int a; };
struct outer { char padding[40]; struct inner *pointer; int number; struct inner nested; };
KEEP(outer, struct outer *p)
#else
struct inner { int a; int b; } CORE;
struct outer { int number; struct inner nested; struct inner *pointer; } CORE;

SEC("raw_tp/x") int loads(struct outer *p) {
    struct inner *inner = p->pointer;
    return p->number + p->nested.b + inner->a;
}

SEC("raw_tp/x") int stores(struct outer *p) {
    p->number = 1;
    p->nested.a = p->nested.b;
    return 0;
}

SEC("raw_tp/x") int addresses(struct outer *p) {
    int copy = 0;
    probe_read_kernel(&copy, sizeof(copy), &p->nested.a);
    return copy;
}
#endif
