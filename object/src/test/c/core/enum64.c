// clang: 15
// Enumerators of 64 bits, signed and unsigned.
#include "program.h"
#include "core.h"

#ifdef TARGET
enum wide { FAR = 0x1234567890abcdefULL, TOP = 0xffffffffffffffffULL };
enum negative { DEEP = -0x123456789abLL, SURFACE = 2 };
KEEP(wides, enum wide a, enum negative b)
#else
enum wide { FAR = 0x8000000000ULL, TOP = 0xfffffffffffffff0ULL };
enum negative { DEEP = -0x8000000000LL, SURFACE = 1 };

SEC("raw_tp/x") __u64 values(void *p) {
    return enumerator_info(enum wide, FAR, ENUMERATOR_VALUE) + enumerator_info(enum wide, TOP, ENUMERATOR_VALUE)
           + enumerator_info(enum negative, DEEP, ENUMERATOR_VALUE) + enumerator_info(enum negative, SURFACE, ENUMERATOR_VALUE);
}
#endif
