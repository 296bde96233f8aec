package dev.skep.linux.usdt;

import dev.skep.linux.usdt.ArgumentPlace.Constant;
import dev.skep.linux.usdt.ArgumentPlace.IndexedMemory;
import dev.skep.linux.usdt.ArgumentPlace.Memory;
import dev.skep.linux.usdt.ArgumentPlace.Register;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Operands as GCC and LLVM write them in notes, without {@code #} before numbers: {@code 5}, {@code x0}, {@code [sp,
 * 12]}.
 */
final class Aarch64ArgumentSyntax extends ArgumentSyntax {
    private static final Pattern CONSTANT = Pattern.compile(NUMBER);
    private static final Pattern MEMORY =
            Pattern.compile("\\[\\s*(?<base>\\w+)\\s*(?:,\\s*#?(?<disp>" + NUMBER + ")\\s*)?\\]");

    @Override
    Optional<ArgumentPlace> operand(String text) {
        if (CONSTANT.matcher(text).matches()) {
            return number(text).map(Constant::new);
        }
        Matcher memory = MEMORY.matcher(text);
        if (memory.matches()) {
            Optional<Long> displacement = number(memory.group("disp") == null ? "" : memory.group("disp"));
            return displacement.flatMap(
                    number -> Registers.aarch64(memory.group("base")).map(base -> new Memory(base, number)));
        }
        return Registers.aarch64(text).map(Register::new);
    }

    @Override
    String print(ArgumentPlace place) {
        return switch (place) {
            case Constant(long value) -> Long.toString(value);
            case Register(Registers.Part register) -> register.name();
            case Memory(Registers.Part base, long displacement) -> "[" + base.name() + ", " + displacement + "]";
            case IndexedMemory _ -> throw new IllegalArgumentException("AArch64 has no such operand: " + place);
        };
    }
}
