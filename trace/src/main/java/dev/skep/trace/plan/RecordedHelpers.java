package dev.skep.trace.plan;

import dev.skep.object.program.HelperId;
import java.util.Optional;

/** Which helpers' results a recording has, and which it need not have. */
public final class RecordedHelpers {
    private RecordedHelpers() {}

    /** Memory that a helper fills: which of its arguments, from 0, say where, how much, and from where. */
    public record Filled(int output, int size, int source) {}

    /** What a helper fills; empty if it only returns a number. */
    public static Optional<Filled> filled(HelperId helper) {
        return switch (helper) {
            case PROBE_READ, PROBE_READ_USER, PROBE_READ_KERNEL -> Optional.of(new Filled(0, 1, 2));
            case PROBE_READ_STR, PROBE_READ_USER_STR, PROBE_READ_KERNEL_STR -> Optional.of(new Filled(0, 1, 2));
            case D_PATH -> Optional.of(new Filled(1, 2, 0));
            default -> Optional.empty();
        };
    }

    /** Whether a helper's results are recorded with every event, or are the same in an engine. */
    public static boolean isKnown(HelperId helper) {
        return switch (helper) {
            case GET_CURRENT_PID_TGID,
                    GET_CURRENT_UID_GID,
                    GET_CURRENT_COMM,
                    GET_CURRENT_CGROUP_ID,
                    GET_CURRENT_TASK,
                    GET_SMP_PROCESSOR_ID -> true;
            case MAP_LOOKUP_ELEM, MAP_UPDATE_ELEM, MAP_DELETE_ELEM, MAP_LOOKUP_PERCPU_ELEM, FOR_EACH_MAP_ELEM -> true;
            case RINGBUF_RESERVE, RINGBUF_SUBMIT, RINGBUF_DISCARD, RINGBUF_OUTPUT, LOOP, SPIN_LOCK, SPIN_UNLOCK -> true;
            case STRNCMP, SNPRINTF, TRACE_PRINTK, TRACE_VPRINTK -> true;
            default -> false;
        };
    }
}
