package dev.skep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.lang.Bpf;
import dev.skep.lang.KernelName;
import dev.skep.lang.kernel.Kernel;
import dev.skep.lang.kernel.KernelFunction;
import dev.skep.lang.kernel.KernelStruct;
import dev.skep.lang.program.SystemCall;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.KernelVersion;
import dev.skep.testkit.NeedsBpf;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Programs that call functions of the kernel by name. */
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
    @NeedsBpf
    void aTaskIsAcquiredReadAndReleased() {
        try (ClassHost kernel = Skep.kernel();
                LoadedClass loaded = kernel.load(ThisThread.class)) {
            assertThat(loaded.program("find").runWithContext(new byte[0]).returnValue())
                    .isEqualTo(ProcessHandle.current().pid());
        }
    }

    /** Asks for functions, one of which no kernel has. */
    static final class Asking {
        static final int FOUND = 1;
        static final int INVENTED = 2;

        private Asking() {}

        @KernelFunction
        static native ThisThread.@Nullable Task bpf_task_from_pid(int pid);

        @KernelFunction
        static native void bpf_task_release(ThisThread.Task task);

        @KernelFunction
        static native int bpf_skep_invented(long number);

        @SystemCall
        static int ask() {
            int answer = Kernel.hasFunction(Asking.class, "bpf_skep_invented") ? bpf_skep_invented(7) | INVENTED : 0;
            boolean both = Kernel.hasFunction(Asking.class, "bpf_task_from_pid")
                    && Kernel.hasFunction(Asking.class, "bpf_task_release");
            if (both) {
                ThisThread.Task task = bpf_task_from_pid((int) Bpf.currentPidTgid());
                if (task != null) {
                    answer |= FOUND;
                    bpf_task_release(task);
                }
            }
            return answer;
        }
    }

    private static long ask(ClassHost host) {
        try (host;
                LoadedClass loaded = host.load(Asking.class)) {
            return loaded.program("ask").runWithContext(new byte[0]).returnValue();
        }
    }

    @Test
    void theEngineAndTheJvmHaveNoFunctionsOfTheKernel() {
        assertThat(ask(Skep.engine())).isZero();
        assertThat(ask(Skep.jvm())).isZero();
    }

    /** Functions of tasks came with Linux 6.2. */
    @Test
    @NeedsBpf
    void theKernelSaysWhichFunctionsItHas() {
        boolean old = KernelRelease.running().version().compareTo(new KernelVersion(6, 2)) < 0;
        assertThat(ask(Skep.kernel())).isEqualTo(old ? 0 : Asking.FOUND);
    }
}
