import dev.skep.lang.context.TracepointArguments;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.program.RawTracepoint;

/** Counts system calls by their number. */
public final class SyscallCounter {
    static final HashMap<Long, Long> calls = new HashMap<>(512);

    private SyscallCounter() {}

    /** The second argument of {@code sys_enter} is the number. */
    @RawTracepoint("sys_enter")
    static int count(TracepointArguments arguments) {
        calls.add(arguments.argument(1), 1);
        return 0;
    }
}
