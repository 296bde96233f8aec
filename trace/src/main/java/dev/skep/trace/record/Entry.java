package dev.skep.trace.record;

import dev.skep.object.Bytes;
import dev.skep.trace.print.Symbols;
import dev.skep.trace.system.Binaries;
import dev.skep.trace.system.KernelFunctions;
import dev.skep.trace.system.Tracepoints;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A piece of a recording, in the order in which the file has them. */
public sealed interface Entry {
    /** What is found out of a machine: when a script is compiled, or when its results are printed. */
    sealed interface Fact extends Entry {}

    /** What happened while the script ran. */
    sealed interface Happening extends Entry {}

    /**
     * Which script was run, and where.
     *
     * @param name of its file
     * @param script its text
     * @param arguments what it got as {@code $1} ...
     * @param architecture as Linux calls it: {@code x86_64}
     * @param boot the time in nanoseconds since 1970 when {@code CLOCK_BOOTTIME} was 0
     * @param monotonic the same for {@code CLOCK_MONOTONIC}
     */
    record Origin(
            String name,
            String script,
            List<String> arguments,
            String architecture,
            int possibleCpus,
            int onlineCpus,
            long boot,
            long monotonic)
            implements Entry {
        public Origin {
            arguments = List.copyOf(arguments);
        }
    }

    /** The kernel's BTF. */
    record KernelBtf(Bytes content) implements Fact {}

    /** What a tracepoint records. */
    record Tracepoint(Tracepoints.Format format) implements Fact {}

    /** The event of a raw tracepoint. */
    record RawTracepoint(String event) implements Fact {}

    /** A function of the kernel that kprobes can be set on. */
    record KernelFunction(KernelFunctions.Function function) implements Fact {}

    /** Where a symbol of the kernel is. */
    record KernelAddress(String symbol, OptionalLong address) implements Fact {}

    /** The files that a probe's text names. */
    record Files(String name, List<String> paths) implements Fact {
        public Files {
            paths = List.copyOf(paths);
        }
    }

    /** The files that a process has mapped. @param pid 0 for those of all processes together */
    record Mapped(int pid, List<String> paths) implements Fact {
        public Mapped {
            paths = List.copyOf(paths);
        }
    }

    /** A function of a file. */
    record FileFunction(String path, Binaries.Symbol symbol) implements Fact {}

    /** A function or variable of a file, found by its exact name. */
    record FileObject(String path, Binaries.Symbol symbol) implements Fact {}

    /** A static probe of a file. */
    record StaticProbe(String path, Binaries.UsdtSite site) implements Fact {}

    /** Whether one program is attached to many functions at once. @param ofKernel functions of the kernel, else of files */
    record AttachedTogether(boolean ofKernel, boolean together) implements Fact {}

    /** The kinds of iterators that there are. */
    record Iterators(List<String> kinds) implements Fact {
        public Iterators {
            kinds = List.copyOf(kinds);
        }
    }

    /** A control group's ID. */
    record GroupId(String path, OptionalLong id) implements Fact {}

    /** A control group's paths. */
    record GroupPaths(long id, String filter, List<String> paths) implements Fact {
        public GroupPaths {
            paths = List.copyOf(paths);
        }
    }

    /** A user's name. */
    record User(long id, Optional<String> name) implements Fact {}

    /** The name of an address. @param pid of the process; empty for the kernel */
    record Name(OptionalInt pid, long address, Optional<Symbols.Symbol> symbol) implements Fact {}

    /** All probes went live. @param time by {@code CLOCK_BOOTTIME} */
    record Start(long time) implements Entry {}

    /**
     * A program was run.
     *
     * @param sequence its number: programs are numbered as they start
     * @param probe the probe's name, fully expanded: {@code kprobe:vfs_read}
     * @param occurrence which of the script's programs at this probe, from 0
     * @param time by {@code CLOCK_BOOTTIME}, in nanoseconds
     * @param task what the kernel was doing it for
     * @param contextAddress where the context was
     * @param context its content
     */
    record Event(long sequence, String probe, int occurrence, long time, Task task, long contextAddress, Bytes context)
            implements Happening {}

    /**
     * The task that a program interrupted.
     *
     * @param process and thread, as {@code bpf_get_current_pid_tgid} returns them
     * @param owner as {@code bpf_get_current_uid_gid} returns it
     * @param name {@code comm}, without what follows its end
     * @param group the control group's ID
     * @param address of the kernel's structure
     * @param cpu on which it ran
     */
    record Task(long process, long owner, String name, long group, long address, int cpu) {}

    /**
     * A program read memory through a helper.
     *
     * @param sequence of the event
     * @param helper the number of the helper
     * @param address where it read
     * @param result what the helper returned: negative if it failed
     * @param content what was read; of a text, without its end
     */
    record Read(long sequence, int helper, long address, long result, Bytes content) implements Happening {}

    /** A helper returned a number. */
    record Call(long sequence, int helper, long result) implements Happening {}

    /**
     * A call stack was taken.
     *
     * @param user whether it is that of the process
     * @param result what the helper returned: negative if there was none
     * @param frames the innermost first
     */
    record Stack(long sequence, boolean user, long result, List<Long> frames) implements Happening {
        public Stack {
            frames = List.copyOf(frames);
        }
    }

    /** The script called {@code exit()}. */
    record Exit(long sequence) implements Happening {}

    /** The end of the recording. @param happenings how many there are @param lost how many found no room */
    record End(long happenings, long lost) implements Entry {}
}
