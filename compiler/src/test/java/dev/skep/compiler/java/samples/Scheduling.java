package dev.skep.compiler.java.samples;

import dev.skep.lang.Bpf;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.TracepointArguments;
import dev.skep.lang.kernel.Kernel;
import dev.skep.lang.kernel.KernelStruct;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.program.BtfTracepoint;
import dev.skep.lang.program.RawTracepoint;

/** Which processes are switched to, from the kernel's own structures. */
public final class Scheduling {
    /** The part of a task that is read. */
    @KernelName("task_struct")
    @SuppressWarnings("NullAway.Init")
    abstract static class Task extends KernelStruct {
        int pid;
        int tgid;
        int prio;
        Task real_parent;

        @Length(16)
        byte[] comm;

        int no_such_field;
    }

    /** A process. */
    static final class Process extends Struct {
        long switches;
        int parent;
        int priority;

        @Length(16)
        byte[] name = new byte[16];
    }

    static final HashMap<Integer, Process> processes = new HashMap<>(1024);

    private Scheduling() {}

    @BtfTracepoint("sched_switch")
    static int typed(TracepointArguments arguments) {
        return count(arguments.kernel(2, Task.class));
    }

    @RawTracepoint("sched_switch")
    static int untyped(TracepointArguments arguments) {
        return count(arguments.kernel(2, Task.class));
    }

    @RawTracepoint("sys_enter")
    static int current(TracepointArguments arguments) {
        return count(Kernel.at(Bpf.currentTask(), Task.class));
    }

    private static int count(Task task) {
        Process known = processes.lookup(task.tgid);
        if (known != null) {
            known.switches++;
            return 0;
        }
        Process process = new Process();
        process.parent = task.real_parent.tgid;
        process.priority = Kernel.has(Task.class, "no_such_field") ? task.no_such_field : task.prio;
        Kernel.copy(process.name, task.comm);
        if (task.comm[0] == 'k') {
            process.switches = 1;
        }
        processes.put(task.tgid, process);
        return 0;
    }
}
