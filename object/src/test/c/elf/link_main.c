// To be linked with link_library.c and link_weak.c: uses a function, a variable and a map that are defined there.
#include "program.h"
#include "elf/link.h"

extern struct session_map sessions __attribute__((section(".maps")));
extern struct limits limits;

int runs;
static int private_counter = 11;
const char banner[] = "main";

static __noinline int helper(int x)
{
    private_counter += x;
    return private_counter;
}

__weak __noinline int policy(struct packet *packet) { return packet->length + runs; }

SEC("xdp") int main_program(struct xdp_md *context)
{
    struct packet packet = {.length = context->data_end - context->data};
    struct session *session = map_lookup_elem(&sessions, &packet.length);
    runs++;
    if (!session) {
        return helper(limits.low);
    }
    return classify(&packet, session) + policy(&packet) + banner[session->state & 3];
}
