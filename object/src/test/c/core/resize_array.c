// An array that has grown: what counts for a load of its first element is the element's size (libbpf since 1.6).
// golden: by hand
#include "program.h"
#include "core.h"

#ifdef TARGET
struct named { int id; char name[32]; __u64 counts[4]; };
KEEP(named, struct named *p)
#else
struct named { char name[16]; __u32 counts[4]; } CORE;

SEC("raw_tp/x") int first_letter(struct named *p) { return *(volatile char *)p->name; }

SEC("raw_tp/x") int wider_element(struct named *p) { return p->counts[2]; }
#endif
