// Several local views of one type of the target, told apart by what follows ___.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct disk { long sectors; int new_name; };
KEEP(disk, struct disk *p)
#else
struct disk { int sectors; } CORE;
struct disk___old { int old_name; } CORE;
struct disk___new { int new_name; } CORE;
struct disk____five { int new_name; } CORE;

SEC("raw_tp/x") int either(void *p) {
    struct disk___new *now = p;
    struct disk___old *then = p;
    return field_info(now->new_name, FIELD_EXISTS) ? now->new_name : then->old_name;
}

SEC("raw_tp/x") __u64 sizes(void *p) {
    return type_info(struct disk, TYPE_SIZE) + 100 * type_info(struct disk___old, TYPE_SIZE)
           + 10000 * type_info(struct disk____five, TYPE_EXISTS);
}
#endif
