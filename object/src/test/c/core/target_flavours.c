// Types of the target may have flavours too: bpftool writes them for types of the same name. They may differ where nobody looks.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct bus { int lines; int speed; };
struct bus___2 { int lines; int voltage; int speed; };
KEEP(buses, struct bus *p, struct bus___2 *q)
#else
struct bus { int speed; int lines; int voltage; } CORE;

SEC("raw_tp/x") int agreed(struct bus *p) { return p->lines; }

SEC("raw_tp/x") __u64 exists(struct bus *p) { return field_info(p->lines, BYTE_SIZE) + type_info(struct bus, TYPE_EXISTS); }
#endif
