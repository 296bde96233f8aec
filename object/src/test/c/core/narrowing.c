// What only one of two candidates has decides for both: relocations after it look at that candidate alone.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct bus { int lines; int speed; };
struct bus___2 { int lines; int voltage; int speed; };
KEEP(buses, struct bus *p, struct bus___2 *q)
#else
struct bus { int speed; int lines; int voltage; } CORE;

SEC("raw_tp/x") int decided(struct bus *p) {
    int voltage = *(volatile int *)&p->voltage;
    return voltage + p->speed;
}
#endif
