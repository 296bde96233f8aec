// To be linked with link_main.c: a strong definition that overrides the weak one there, and another weak one that does not.
#include "program.h"
#include "elf/link.h"

extern const volatile __u64 bpf_prog_active __ksym __weak;
int lowest SEC(".data.limits") = 1;

__noinline int policy(struct packet *packet) { return packet ? packet->length & lowest : 0; }

__weak __noinline int classify(struct packet *packet, struct session *session)
{
    return packet && session && &bpf_prog_active ? packet->length : 0;
}
