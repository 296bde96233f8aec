package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.lang.Bpf;
import dev.skep.lang.KernelName;
import dev.skep.lang.kernel.KernelFunction;
import dev.skep.lang.kernel.KernelStruct;
import dev.skep.lang.program.SystemCall;
import dev.skep.testkit.NeedsBpf;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Programs that call functions of the kernel by name. */
@NeedsBpf
class KernelFunctionsTest {
    /** Looks for the thread that runs the program. */
    static final class ThisThread {
        @KernelName("task_struct")
        abstract static class Task extends KernelStruct {
            int pid;
            int tgid;
        }

        private ThisThread() {}

        @KernelFunction
        static native @Nullable Task bpf_task_from_pid(int pid);

        @KernelFunction
        static native void bpf_task_release(Task task);

        @SystemCall
        static int find() {
            Task task = bpf_task_from_pid((int) Bpf.currentPidTgid());
            if (task == null) {
                return -1;
            }
            int process = task.tgid;
            bpf_task_release(task);
            return process;
        }
    }

    @Test
    void aTaskIsAcquiredReadAndReleased() {
        try (ClassHost kernel = Skep.kernel();
                LoadedClass loaded = kernel.load(ThisThread.class)) {
            assertThat(loaded.program("find").runWithContext(new byte[0]).returnValue())
                    .isEqualTo(ProcessHandle.current().pid());
        }
    }
}
