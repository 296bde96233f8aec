import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.Text;
import dev.skep.lang.context.IteratorContext;
import dev.skep.lang.kernel.KernelStruct;
import dev.skep.lang.program.Iterator;

/** Writes a line for each thread that there is: its process, itself, its parent and its name. */
public final class Tasks {
    @KernelName("task_struct")
    abstract static class Task extends KernelStruct {
        int pid;
        int tgid;
        Task real_parent;

        @Length(16)
        byte[] comm;
    }

    private Tasks() {}

    @Iterator("task")
    static int print(IteratorContext context) {
        if (context.number() == 0) {
            context.printf("process  thread  parent  name\n");
        }
        Task task = context.object(Task.class);
        if (task != null) {
            context.printf("%7d %7d %7d  %s\n", task.tgid, task.pid, task.real_parent.tgid, Text.of(task.comm));
        }
        return 0;
    }
}
