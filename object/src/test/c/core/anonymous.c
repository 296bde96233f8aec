// Fields that moved into, out of and between anonymous structs and unions keep their names.
#include "program.h"
#include "core.h"

#ifdef TARGET
struct packet {
    int a;
    union {
        long whole;
        struct { int low; union { int high; int top; }; };
    };
    int outside;
};
KEEP(packet, struct packet *p)
#else
struct packet {
    struct { int outside; int a; };
    int high;
    union { int low; char bytes[4]; };
} CORE;

SEC("raw_tp/x") int reads(struct packet *p) { return p->outside + p->a + p->high + p->low; }

SEC("raw_tp/x") __u64 asks(struct packet *p) { return field_info(p->bytes, FIELD_EXISTS); }
#endif
