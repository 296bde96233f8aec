package dev.skep.trace.code;

import dev.skep.trace.check.TypedProgram;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.system.Tracepoints;
import java.util.List;

/**
 * What of a program's context is recorded.
 *
 * @param bytes how much
 * @param isView whether it can only be loaded word by word, as the kernel shows it and not as it is in memory
 */
record Contexts(int bytes, boolean isView) {
    /** {@code struct pt_regs} of x86_64 and {@code struct user_pt_regs} of AArch64, of asm/ptrace.h. */
    private static final int REGISTERS_X86_64 = 168;

    private static final int REGISTERS_AARCH64 = 272;
    /** {@code sample_period} and {@code addr} of {@code struct bpf_perf_event_data}. */
    private static final int SAMPLE = 16;
    /** Arguments of raw tracepoints ({@code MAX_BPF_FUNC_ARGS}), and those of functions with what they return. */
    private static final int ARGUMENTS = 13 * 8;
    /** {@code struct bpf_iter__...}: pointers. */
    private static final int OBJECTS = 8 * 8;
    /** As much as is recorded of a tracepoint's texts, all together. */
    private static final int TEXTS = 1024;

    static Contexts of(TypedProgram program, TraceSystem system) {
        int registers = system.machine().architecture().equals("aarch64") ? REGISTERS_AARCH64 : REGISTERS_X86_64;
        return switch (program.attachment().target()) {
            case ProbeTarget.Begin _,
                    ProbeTarget.End _,
                    ProbeTarget.SelfSignal _,
                    ProbeTarget.Test _,
                    ProbeTarget.Bench _ -> new Contexts(0, false);
            case ProbeTarget.Kprobe _, ProbeTarget.Uprobe _, ProbeTarget.Usdt _ -> new Contexts(registers, false);
            case ProbeTarget.Profile _,
                    ProbeTarget.Interval _,
                    ProbeTarget.Software _,
                    ProbeTarget.Hardware _,
                    ProbeTarget.Watchpoint _ -> new Contexts(registers + SAMPLE, true);
            case ProbeTarget.Tracepoint(String category, String event) ->
                new Contexts(
                        system.tracepoints()
                                .format(category, event)
                                .map(format -> length(format.fields()))
                                .orElse(8),
                        false);
            case ProbeTarget.RawTracepoint _, ProbeTarget.Fentry _, ProbeTarget.FentryProgram _ ->
                new Contexts(ARGUMENTS, false);
            case ProbeTarget.Iterator _ -> new Contexts(OBJECTS, false);
        };
    }

    private static int length(List<Tracepoints.Field> fields) {
        int end = 8;
        boolean hasTexts = false;
        for (Tracepoints.Field field : fields) {
            end = Math.max(end, field.offset() + field.size());
            hasTexts |= field.location() != Tracepoints.Location.HERE;
        }
        return ((end + 7) & -8) + (hasTexts ? TEXTS : 0);
    }
}
