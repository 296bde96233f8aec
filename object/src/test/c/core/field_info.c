// Everything that can be asked about a field, of fields that are there and of one that is not.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct sample { __u64 first; __s64 small; void *pointer; char name[16]; };
KEEP(sample, struct sample *p)
#else
struct sample { int small; unsigned long first; void *pointer; char name[8]; int gone; } CORE;

#define ASK(function, what) \
    SEC("raw_tp/x") __u64 function(struct sample *p) { \
        return field_info(p->small, what) + 10 * field_info(p->first, what) + 100 * field_info(p->pointer, what) \
               + 1000 * field_info(p->name, what); \
    }

ASK(byte_offset, BYTE_OFFSET)
ASK(byte_size, BYTE_SIZE)
ASK(exists, FIELD_EXISTS)

SEC("raw_tp/x") __u64 is_signed(struct sample *p) {
    return field_info(p->small, FIELD_SIGNED) + 10 * field_info(p->first, FIELD_SIGNED);
}

SEC("raw_tp/x") __u64 shifts(struct sample *p) {
    return field_info(p->small, LSHIFT_U64) + 10 * field_info(p->small, RSHIFT_U64) + 100 * field_info(p->first, LSHIFT_U64);
}

SEC("raw_tp/x") __u64 guarded(struct sample *p) {
    return field_info(p->gone, FIELD_EXISTS) ? p->gone : 7;
}
#endif
