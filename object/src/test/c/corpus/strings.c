// Constants of the compiler's making: strings and initialisers end up in .rodata and .rodata.str1.1.
#include "program.h"

SEC("tracepoint/syscalls/sys_enter_openat") int prints(void *context) {
    static const char format[] = "pid %d\n";
    trace_printk(format, sizeof(format), (__u32)get_current_pid_tgid());
    return 0;
}

SEC("xdp") int chooses(struct xdp_md *context) {
    const __u32 verdicts[] = {1, 2, 2, 1, 3, 1, 2, 4};
    return verdicts[context->rx_queue_index & 7];
}

SEC("tp/sched/sched_switch") int says(void *context) {
    char *text = "a string literal";
    return trace_printk(text, 17);
}
