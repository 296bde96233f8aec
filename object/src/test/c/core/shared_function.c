// Relocations in subprograms, which several programs call.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct node { long key; struct node *next; int value; };
KEEP(node, struct node *p)
#else
struct node { int value; struct node *next; } CORE;

static __noinline int value_of(struct node *p) { return *(volatile int *)&p->value; }

__noinline int follows(struct node *p) { return p && p->next ? value_of(p->next) : 0; }

SEC("raw_tp/x") int one(struct node *p) { return value_of(p); }

SEC("raw_tp/y") int two(struct node *p) { return follows(p) + value_of(p) + p->value; }
#endif
