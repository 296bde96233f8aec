// Fields of the right name and another kind of type count as missing; other sizes and signs do not matter.
#include "program.h"
#include "core.h"

#ifdef TARGET
enum shade { LIGHT };
struct fields { void *pointer_now; short integer_now; struct { int x; } struct_now; int numbers[3]; enum shade shade; double real; union { int u; } mixed; };
KEEP(fields, struct fields *p)
#else
enum shade { DARK };
enum tint { PALE };
struct fields { int pointer_now; unsigned long integer_now; int struct_now; char *numbers; enum tint shade; float real; struct { int u; } mixed; } CORE;
struct fields___again { unsigned char numbers[3]; enum shade shade; } CORE;

SEC("raw_tp/x") __u64 exist(struct fields *p) {
    struct fields___again *q = (void *)p;
    return field_info(p->pointer_now, FIELD_EXISTS) + 2 * field_info(p->integer_now, FIELD_EXISTS)
           + 4 * field_info(p->struct_now, FIELD_EXISTS) + 8 * field_info(p->numbers, FIELD_EXISTS)
           + 16 * field_info(p->shade, FIELD_EXISTS) + 32 * field_info(p->real, FIELD_EXISTS)
           + 64 * field_info(p->mixed, FIELD_EXISTS) + 128 * field_info(q->numbers, FIELD_EXISTS)
           + 256 * field_info(q->shade, FIELD_EXISTS);
}
#endif
