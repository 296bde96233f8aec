// A 32-bit enumerator with the top bit set.
#include "program.h"
#include "core.h"

#ifdef TARGET
enum mask { LOWEST = 1, TOPMOST = 0xc0000000u };
KEEP(mask, enum mask a)
#else
enum mask { LOWEST = 2, TOPMOST = 0x80000000u };

SEC("raw_tp/x") __u64 lowest(void *p) { return enumerator_info(enum mask, LOWEST, ENUMERATOR_VALUE); }

SEC("raw_tp/x") __u64 topmost(void *p) { return enumerator_info(enum mask, TOPMOST, ENUMERATOR_VALUE); }
#endif
