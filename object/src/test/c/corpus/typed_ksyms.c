// Kernel variables and functions found by BTF, strong and weak.
#include "program.h"

struct task_struct {
    int pid;
} __attribute__((preserve_access_index));

extern const int bpf_prog_active __ksym;
extern const int missing_variable __ksym __weak;
extern struct task_struct *bpf_task_from_pid(int pid) __ksym __weak;
extern void bpf_task_release(struct task_struct *task) __ksym;

SEC("tp_btf/task_newtask") int releases(__u64 *context) {
    int active = *(volatile int *)&bpf_prog_active;
    if (&missing_variable)
        active += missing_variable;
    if (!bpf_task_from_pid)
        return active;
    struct task_struct *task = bpf_task_from_pid(1);
    if (task)
        bpf_task_release(task);
    return active;
}
