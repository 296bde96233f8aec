// clang: 15
// Whether a type of the target has all that the local one declares.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct leaf { int value; };
struct tree { struct leaf *left; struct tree *next; int depth; char name[8]; enum { OAK, ELM } kind; };
struct changed { long number; };
union either { int a; long b; };
enum level { LOW, MIDDLE, HIGH };
typedef int (*compare_t)(struct leaf *, const void *);
KEEP(all, struct tree *a, struct changed *b, union either *c, enum level d, compare_t e)
#else
struct leaf;
struct tree { int depth; struct leaf *left; char name[8]; };
struct tree___longer { int depth; char name[9]; };
struct tree___more { int depth; int width; };
struct changed { int number; };
union either { long b; };
enum level { HIGH, LOW };
enum level___none { NO_SUCH_LEVEL };
typedef int (*compare_t)(struct leaf *, const void *);
typedef int (*compare_t___three)(struct leaf *, const void *, int);

SEC("raw_tp/x") __u64 match(void *p) {
    return type_info(struct tree, TYPE_MATCHES) + 2 * type_info(union either, TYPE_MATCHES)
           + 4 * type_info(enum level, TYPE_MATCHES) + 8 * type_info(compare_t, TYPE_MATCHES);
}

SEC("raw_tp/x") __u64 differ(void *p) {
    return type_info(struct tree___longer, TYPE_MATCHES) + 2 * type_info(struct tree___more, TYPE_MATCHES)
           + 4 * type_info(struct changed, TYPE_MATCHES) + 8 * type_info(enum level___none, TYPE_MATCHES)
           + 16 * type_info(compare_t___three, TYPE_MATCHES);
}
#endif
