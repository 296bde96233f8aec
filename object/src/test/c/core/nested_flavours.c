// Only the last ___ begins a flavour: a___b___c stands for a___b, and a___b alone for a.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct a { int x; int y; };
struct a___b { int z; int x; int y; };
struct c___d { int one; };
KEEP(nested, struct a *p, struct a___b *q, struct c___d *r)
#else
struct a___b___c { int y; } CORE;
struct c___d___e { int one; } CORE;
struct a___other { int z; } CORE;

SEC("raw_tp/x") __u64 exist(void *p) {
    return type_info(struct a___b___c, TYPE_EXISTS) + 2 * type_info(struct c___d___e, TYPE_EXISTS)
           + 4 * type_info(struct a___other, TYPE_EXISTS);
}

SEC("raw_tp/x") int reads(struct a___other *p) { return p->z; }
#endif
