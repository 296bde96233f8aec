package dev.skep.engine.context;

/**
 * The task a program is said to run in: what the {@code bpf_get_current_*} helpers answer. The caller sets it.
 *
 * @param processId what the kernel calls tgid and user space pid
 * @param threadId what the kernel calls pid and user space tid
 * @param command {@code task->comm}; the kernel keeps 15 bytes
 * @param cgroupId id of its cgroup v2
 * @param task what {@code bpf_get_current_task} gives: a number that stands for the task, the key of its task storage
 */
public record TaskContext(
        int processId, int threadId, int userId, int groupId, String command, long cgroupId, long task) {
    /** The idle task of the boot CPU. */
    public static final TaskContext IDLE = new TaskContext(0, 0, 0, 0, "swapper/0", 1, 0);
}
