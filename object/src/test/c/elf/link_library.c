// To be linked with link_main.c: defines what is declared there.
#include "program.h"
#include "elf/link.h"

struct session_map sessions SEC(".maps");
struct limits limits = {.low = 10, .high = 20};

extern int LINUX_KERNEL_VERSION __kconfig;
extern int runs;
static int private_counter = 13;
const char greeting[] = "library";

struct task_struct {
    int pid;
} __attribute__((preserve_access_index));

static __noinline int helper(int x) { return x * private_counter++ + runs; }

__noinline int classify(struct packet *packet, struct session *session)
{
    if (!packet || !session) {
        return 0;
    }
    session->state = greeting[packet->length & 7];
    return helper(limits.high) + (LINUX_KERNEL_VERSION > 0x60000);
}

__noinline int pid_of(struct task_struct *task) { return task ? task->pid : 0; }

SEC("xdp") int library_program(struct xdp_md *context) { return helper(context->rx_queue_index); }
