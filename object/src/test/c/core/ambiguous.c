// Two candidates that differ in what is asked for: libbpf refuses the object.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct bus { int lines; int speed; };
struct bus___2 { int lines; int voltage; int speed; };
KEEP(buses, struct bus *p, struct bus___2 *q)
#else
struct bus { int speed; int lines; } CORE;

SEC("raw_tp/x") int undecided(struct bus *p) { return p->lines + p->speed; }
#endif
