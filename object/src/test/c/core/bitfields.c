// Bitfields: where the smallest load is, and by how much to shift.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct flags { __u64 before; unsigned int x : 3; unsigned int y : 17; unsigned int z : 12; int s : 7; short plain; unsigned long wide : 40; };
KEEP(flags, struct flags *p)
#else
struct flags { unsigned int y : 5; unsigned int x : 9; int s : 4; unsigned int z : 1; unsigned int plain : 8; unsigned long wide : 33; } CORE;

#define ASK(field) \
    SEC("raw_tp/x") __u64 field(struct flags *p) { \
        return field_info(p->field, BYTE_OFFSET) + 1000 * field_info(p->field, BYTE_SIZE) \
               + 10000 * field_info(p->field, LSHIFT_U64) + 1000000 * field_info(p->field, RSHIFT_U64) \
               + 100000000 * field_info(p->field, FIELD_SIGNED); \
    }

ASK(x)
ASK(y)
ASK(z)
ASK(s)
ASK(plain)
ASK(wide)
#endif
