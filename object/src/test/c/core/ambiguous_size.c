// Candidates of different sizes have no one size.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct bus { int lines; int speed; };
struct bus___2 { int lines; int voltage; int speed; };
KEEP(buses, struct bus *p, struct bus___2 *q)
#else
struct bus { int speed; int lines; } CORE;

SEC("raw_tp/x") __u64 undecided(struct bus *p) { return type_info(struct bus, TYPE_SIZE); }
#endif
