package dev.skep.trace.check;

import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.stream.Collectors;

/** Types as messages name them, in bpftrace's words. */
final class TypeText {
    private TypeText() {}

    static String of(TraceType type) {
        return switch (type) {
            case TraceType.Nothing nothing -> "none";
            case TraceType.Number number -> (number.signed() ? "int" : "uint") + 8 * number.size();
            case TraceType.Truth truth -> "bool";
            case TraceType.Text text -> "string[" + text.size() + "]";
            case TraceType.Buffer buffer -> "buffer[" + buffer.size() + "]";
            case TraceType.Pointer pointer ->
                (pointer.target() instanceof TraceType.Nothing ? "void" : of(pointer.target())) + " *";
            case TraceType.Array array -> of(array.element()) + "[" + array.count() + "]";
            case TraceType.Structure structure -> structure.name();
            case TraceType.Enumeration enumeration -> enumeration.name();
            case TraceType.Tuple tuple -> tuple(tuple);
            case TraceType.Stack stack -> kind(stack) + "_" + stack.mode().word() + "_" + stack.limit();
            case TraceType.Symbol symbol -> symbol.space() == AddressSpace.USER ? "usym" : "ksym";
            case TraceType.InternetAddress address -> "inet";
            case TraceType.HardwareAddress address -> "mac_address";
            case TraceType.Timestamp timestamp -> "timestamp";
            case TraceType.GroupPath path -> "cgroup_path_t";
            case TraceType.UserName user -> "username";
            case TraceType.NumberName name ->
                switch (name.names()) {
                    case ERRNO -> "strerror_t";
                    case SIGNAL -> "signal_name_t";
                    case SYSTEM_CALL -> "syscall_name_t";
                };
            case TraceType.Count count -> "count_t";
            case TraceType.Sum sum -> sum.signed() ? "sum_t" : "usum_t";
            case TraceType.Extreme extreme -> (extreme.signed() ? "" : "u") + (extreme.greatest() ? "max_t" : "min_t");
            case TraceType.Average average -> (average.signed() ? "" : "u") + (average.all() ? "stats_t" : "avg_t");
            case TraceType.Histogram histogram -> "hist_t";
            case TraceType.LinearHistogram histogram -> "lhist_t";
            case TraceType.TimeSeries series -> "tseries_t";
        };
    }

    private static String tuple(TraceType.Tuple tuple) {
        return isRecord(tuple)
                ? tuple.elements().stream()
                        .map(element -> "." + element.name().orElse("") + " = " + of(element.type()))
                        .collect(Collectors.joining(", ", "record { ", " }"))
                : tuple.elements().stream()
                        .map(element -> of(element.type()))
                        .collect(Collectors.joining(",", "(", ")"));
    }

    private static boolean isRecord(TraceType.Tuple tuple) {
        return tuple.elements().stream().anyMatch(element -> element.name().isPresent());
    }

    /** What sort of type it is, whatever its size and what it is made of. */
    static String kind(TraceType type) {
        return switch (type) {
            case TraceType.Number number -> "int";
            case TraceType.Enumeration enumeration -> "int";
            case TraceType.Text text -> "string";
            case TraceType.Buffer buffer -> "buffer";
            case TraceType.Pointer pointer -> "pointer";
            case TraceType.Array array -> "array";
            case TraceType.Structure structure -> "c_struct";
            case TraceType.Tuple tuple -> isRecord(tuple) ? "record" : "tuple";
            case TraceType.Stack stack -> stack.space() == AddressSpace.USER ? "ustack" : "kstack";
            default -> of(type);
        };
    }

    /** A call that makes such an aggregation. */
    static String example(TraceType.Aggregation type) {
        return switch (type) {
            case TraceType.Count count -> "count()";
            case TraceType.Sum sum -> "sum(retval)";
            case TraceType.Extreme extreme -> extreme.greatest() ? "max(retval)" : "min(retval)";
            case TraceType.Average average -> average.all() ? "stats(arg2)" : "avg(retval)";
            case TraceType.Histogram histogram -> "hist(retval)";
            case TraceType.LinearHistogram histogram -> "lhist(rand %10, 0, 10, 1)";
            case TraceType.TimeSeries series -> "tseries(rand %10, 10s, 1)";
        };
    }
}
