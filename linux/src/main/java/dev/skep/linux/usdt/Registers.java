package dev.skep.linux.usdt;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The registers that a probe's program finds in its context, by the names assemblers know them by. */
public final class Registers {
    private static final Map<String, Part> X86_64 = x86();
    private static final Map<String, Part> AARCH64 = aarch64();

    private Registers() {}

    /**
     * A register or the lower part of one.
     *
     * @param offset in {@code struct pt_regs} of the kernel, in bytes
     */
    public record Part(String name, int offset) {}

    /** @param name without {@code %} */
    static Optional<Part> x86(String name) {
        return Optional.ofNullable(X86_64.get(name));
    }

    static Optional<Part> aarch64(String name) {
        return Optional.ofNullable(AARCH64.get(name));
    }

    /** All of a machine. */
    static Map<String, Part> all(boolean x86) {
        return x86 ? X86_64 : AARCH64;
    }

    /**
     * {@code struct pt_regs} of arch/x86/include/uapi/asm/ptrace.h; each line is a register with its parts of 8, 4, 2
     * and 1 bytes.
     */
    private static Map<String, Part> x86() {
        String[] layout = {
            "r15 r15d r15w r15b", "r14 r14d r14w r14b", "r13 r13d r13w r13b", "r12 r12d r12w r12b",
            "rbp ebp bp bpl", "rbx ebx bx bl bh", "r11 r11d r11w r11b", "r10 r10d r10w r10b",
            "r9 r9d r9w r9b", "r8 r8d r8w r8b", "rax eax ax al ah", "rcx ecx cx cl ch",
            "rdx edx dx dl dh", "rsi esi si sil", "rdi edi di dil", "", // orig_rax
            "rip eip ip", "", "", "rsp esp sp spl", // cs, eflags before rsp
        };
        Map<String, Part> registers = new HashMap<>();
        for (int i = 0; i < layout.length; i++) {
            for (String name : layout[i].split(" ")) {
                int start = name.endsWith("h") ? 1 : 0; // ah is the second byte of rax
                registers.put(name, new Part(name, i * Long.BYTES + start));
            }
        }
        registers.remove("");
        return Map.copyOf(registers);
    }

    /** {@code struct user_pt_regs} of arch/arm64/include/uapi/asm/ptrace.h. */
    private static Map<String, Part> aarch64() {
        Map<String, Part> registers = new HashMap<>();
        for (int i = 0; i <= 30; i++) {
            registers.put("x" + i, new Part("x" + i, i * Long.BYTES));
            registers.put("w" + i, new Part("w" + i, i * Long.BYTES));
        }
        registers.put("sp", new Part("sp", 31 * Long.BYTES));
        return Map.copyOf(registers);
    }
}
