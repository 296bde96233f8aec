// Questions about whole types: there, how large, which id.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct record { long a; long b; };
union either { char c[5]; };
typedef int number_t;
typedef void (*callback_t)(int, struct record *);
enum colour { RED };
KEEP(types, struct record *a, union either *b, number_t c, callback_t d, enum colour e)
#else
struct record { int a; };
union either { int c; };
typedef long number_t;
typedef void (*callback_t)(int, struct record *);
typedef int (*other_callback_t)(void);
enum colour { RED, GREEN };
struct absent { int a; };

SEC("raw_tp/x") __u64 exist(void *p) {
    return type_info(struct record, TYPE_EXISTS) + 2 * type_info(union either, TYPE_EXISTS)
           + 4 * type_info(number_t, TYPE_EXISTS) + 8 * type_info(callback_t, TYPE_EXISTS)
           + 16 * type_info(enum colour, TYPE_EXISTS) + 32 * type_info(struct absent, TYPE_EXISTS)
           + 64 * type_info(other_callback_t, TYPE_EXISTS);
}

SEC("raw_tp/x") __u64 sizes(void *p) {
    return type_info(struct record, TYPE_SIZE) + 100 * type_info(union either, TYPE_SIZE)
           + 10000 * type_info(number_t, TYPE_SIZE) + 1000000 * type_info(struct absent, TYPE_SIZE);
}

SEC("raw_tp/x") __u64 local_ids(void *p) { return type_id(struct record, LOCAL_ID) + 1000 * type_id(union either, LOCAL_ID); }

SEC("raw_tp/x") __u64 target_ids(void *p) {
    return type_id(struct record, TARGET_ID) + 1000 * type_id(union either, TARGET_ID)
           + 1000000 * type_id(struct absent, TARGET_ID);
}
#endif
