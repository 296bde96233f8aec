// Enumerators have other values in the target, or are not there.
#include "program.h"
#include "core.h"

#ifdef TARGET
enum level { NONE = 5, LOW = 100, HIGH = -2 };
enum level___other { UNRELATED };
typedef enum { LOUD = 3 } volume_t;
KEEP(levels, enum level a, volume_t b)
#else
enum level { NONE, LOW, HIGH = -1, EXTREME };
typedef enum { LOUD } volume_t;

SEC("raw_tp/x") __u64 values(void *p) {
    return enumerator_info(enum level, NONE, ENUMERATOR_VALUE) + enumerator_info(enum level, LOW, ENUMERATOR_VALUE)
           + enumerator_info(enum level, HIGH, ENUMERATOR_VALUE) + enumerator_info(volume_t, LOUD, ENUMERATOR_VALUE);
}

SEC("raw_tp/x") __u64 exist(void *p) {
    return enumerator_info(enum level, NONE, ENUMERATOR_EXISTS) + 2 * enumerator_info(enum level, EXTREME, ENUMERATOR_EXISTS);
}
#endif
