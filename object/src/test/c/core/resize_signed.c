// cpu: v4
// A signed field of another size cannot be read by a resized load: poisoned. With -mcpu=v4 the load extends the sign itself.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct numbers { long moved; int same; long widened; };
KEEP(numbers, struct numbers *p)
#else
struct numbers { int same; int widened; long moved; } CORE;

SEC("raw_tp/x") long same_size(struct numbers *p) { return p->same + p->moved; }

SEC("raw_tp/x") long another_size(struct numbers *p) { return p->widened; }

SEC("raw_tp/x") __u64 size_alone(struct numbers *p) { return field_info(p->widened, BYTE_SIZE); }
#endif
