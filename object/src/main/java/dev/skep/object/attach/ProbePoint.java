package dev.skep.object.attach;

/** Places in running code: tracepoints, functions of the kernel and of programs, performance events, iterators. */
public sealed interface ProbePoint extends AttachPoint {
    /** A tracepoint through perf: {@code sched/sched_switch}. */
    record Tracepoint(String category, String name) implements ProbePoint {
        @Override
        public String describe() {
            return "tracepoint " + category + "/" + name;
        }
    }
}
