package dev.skep.verifier.explore;

import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.program.SpecialField;
import java.util.EnumMap;
import java.util.Map;

/** Fields of map values that some programs may not even have a map with ({@code check_map_prog_compatibility}). */
final class MapChecks {
    /** Fields that are not for programs that run anywhere, as the kernel names them. */
    private static final Map<SpecialField.Kind, String> NOT_FOR_TRACING = new EnumMap<>(Map.of(
            SpecialField.Kind.LIST_HEAD, "bpf_{list_head,rb_root}",
            SpecialField.Kind.RB_ROOT, "bpf_{list_head,rb_root}",
            SpecialField.Kind.SPIN_LOCK, "bpf_spin_lock",
            SpecialField.Kind.RES_SPIN_LOCK, "bpf_spin_lock",
            SpecialField.Kind.TIMER, "bpf_timer",
            SpecialField.Kind.WORKQUEUE, "bpf_wq"));

    private MapChecks() {}

    /** @throws Refusal if a program of this kind may not use {@code map} for what is in its values */
    static void check(MapDescriptor map, ProgramKind kind) {
        for (SpecialField field : map.fields()) {
            boolean lock =
                    field.kind() == SpecialField.Kind.SPIN_LOCK || field.kind() == SpecialField.Kind.RES_SPIN_LOCK;
            if (lock && kind.type() == ProgramType.SOCKET_FILTER) {
                throw new Refusal(Cause.LOCK, "socket filter progs cannot use bpf_spin_lock yet");
            }
            String name = NOT_FOR_TRACING.get(field.kind());
            if (name != null && traces(kind.type())) {
                throw new Refusal(lock ? Cause.LOCK : Cause.POLICY, "tracing progs cannot use " + name + " yet");
            }
        }
    }

    /** {@code is_tracing_prog_type}. */
    private static boolean traces(ProgramType type) {
        return switch (type) {
            case KPROBE, TRACEPOINT, PERF_EVENT, RAW_TRACEPOINT, RAW_TRACEPOINT_WRITABLE -> true;
            default -> false;
        };
    }
}
