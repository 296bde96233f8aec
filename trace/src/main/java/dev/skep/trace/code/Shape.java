package dev.skep.trace.code;

import dev.skep.trace.type.TraceType;

/** How values of types are kept in programs. */
final class Shape {
    private Shape() {}

    /** True for what fits a register. */
    static boolean isScalar(TraceType type) {
        return switch (type) {
            case TraceType.Number number -> true;
            case TraceType.Truth truth -> true;
            case TraceType.Pointer pointer -> true;
            case TraceType.Enumeration enumeration -> true;
            case TraceType.Symbol symbol -> symbol.size() == 8;
            case TraceType.Timestamp timestamp -> true;
            case TraceType.GroupPath path -> true;
            case TraceType.UserName user -> true;
            case TraceType.NumberName name -> true;
            case TraceType.Count count -> true;
            case TraceType.Sum sum -> true;
            default -> false;
        };
    }

    /** Whether a scalar is extended with its sign. */
    static boolean isSigned(TraceType type) {
        return switch (type) {
            case TraceType.Number number -> number.signed();
            case TraceType.Enumeration enumeration -> enumeration.signed();
            case TraceType.Sum sum -> sum.signed();
            case TraceType.Extreme extreme -> extreme.signed();
            case TraceType.Average average -> average.signed();
            case TraceType.NumberName name -> true;
            default -> false;
        };
    }
}
