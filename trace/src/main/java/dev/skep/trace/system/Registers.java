package dev.skep.trace.system;

import java.util.Map;
import java.util.Optional;

/**
 * Where registers are in the context of probes on functions ({@code struct pt_regs}; {@code struct user_pt_regs} of AArch64), as
 * asm/ptrace.h lays them out.
 *
 * @param arguments offsets of the first arguments of a function, in bytes
 * @param result offset of what a function returns
 * @param instruction offset of the instruction pointer
 * @param stack offset of the stack pointer
 * @param named offsets by name, of {@code reg()}
 */
public record Registers(int[] arguments, int result, int instruction, int stack, Map<String, Integer> named) {
    private static final Registers X86_64 = new Registers(
            new int[] {112, 104, 96, 88, 72, 64},
            80,
            128,
            152,
            Map.ofEntries(
                    Map.entry("r15", 0),
                    Map.entry("r14", 8),
                    Map.entry("r13", 16),
                    Map.entry("r12", 24),
                    Map.entry("bp", 32),
                    Map.entry("bx", 40),
                    Map.entry("r11", 48),
                    Map.entry("r10", 56),
                    Map.entry("r9", 64),
                    Map.entry("r8", 72),
                    Map.entry("ax", 80),
                    Map.entry("cx", 88),
                    Map.entry("dx", 96),
                    Map.entry("si", 104),
                    Map.entry("di", 112),
                    Map.entry("orig_ax", 120),
                    Map.entry("ip", 128),
                    Map.entry("cs", 136),
                    Map.entry("flags", 144),
                    Map.entry("sp", 152),
                    Map.entry("ss", 160)));

    private static final Registers AARCH64 = new Registers(
            new int[] {0, 8, 16, 24, 32, 40, 48, 56},
            0,
            256,
            248,
            Map.of("r0", 0, "r1", 8, "r2", 16, "r3", 24, "r4", 32, "r5", 40, "sp", 248, "pc", 256, "pstate", 264));

    /** Those of an architecture, as Linux names it; those of x86_64 where it is not known. */
    public static Registers of(String architecture) {
        return architecture.equals("aarch64") ? AARCH64 : X86_64;
    }

    /** The offset of a register by name. */
    public Optional<Integer> named(String name) {
        return Optional.ofNullable(named.get(name));
    }
}
