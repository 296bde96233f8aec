// Elements of arrays, of several dimensions, of structs, and beyond the end.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct item { char tag; int weight; long value; };
struct box { int id; struct item items[8]; int grid[4][5]; int few[2]; int tail[]; };
KEEP(box, struct box *p)
#else
struct item { long value; int weight; } CORE;
struct box { struct item items[4]; int grid[3][3]; int few[6]; int tail[]; } CORE;

SEC("raw_tp/x") long elements(struct box *p) { return p->items[3].value + p->items[0].weight + p->grid[2][1] + p->few[1]; }

SEC("raw_tp/x") int beyond_the_end(struct box *p) { return p->few[5]; }

SEC("raw_tp/x") int flexible(struct box *p) { return p->tail[3]; }

SEC("raw_tp/x") int second_of_pointed(struct box *p) { return p[1].few[0]; }

SEC("raw_tp/x") __u64 whole_array(struct box *p) {
    return field_info(p->items, BYTE_SIZE) + field_info(p->grid[1], BYTE_SIZE) + field_info(p->few[5], FIELD_EXISTS);
}
#endif
