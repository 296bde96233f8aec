// Typedefs, const and volatile on the way to a field do not count.
#include "program.h"
#include "core.h"

#ifdef TARGET
typedef struct { long before; volatile unsigned int counter; } counters_t;
typedef counters_t statistics_t;
struct holder { int before; const statistics_t statistics; };
KEEP(holder, struct holder *p, counters_t *q)
#else
typedef struct { unsigned int counter; } CORE counters_t;
struct holder { counters_t statistics; } CORE;

SEC("raw_tp/x") int through_struct(struct holder *p) { return p->statistics.counter; }

SEC("raw_tp/x") int through_typedef(counters_t *p) { return p->counter; }
#endif
