// A field so far into the target's struct that the offset of a load cannot hold it.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct huge { char padding[40000]; int far; };
KEEP(huge, struct huge *p)
#else
struct huge { int far; } CORE;

SEC("raw_tp/x") int loads(struct huge *p) { return p->far; }
#endif
