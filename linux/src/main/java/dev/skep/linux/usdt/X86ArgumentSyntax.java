package dev.skep.linux.usdt;

import dev.skep.linux.usdt.ArgumentPlace.Constant;
import dev.skep.linux.usdt.ArgumentPlace.IndexedMemory;
import dev.skep.linux.usdt.ArgumentPlace.Memory;
import dev.skep.linux.usdt.ArgumentPlace.Register;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Operands in AT&amp;T syntax: {@code $5}, {@code %rax}, {@code -8(%rbp)}, {@code 16(%rbx,%rax,8)}. */
final class X86ArgumentSyntax extends ArgumentSyntax {
    private static final Pattern MEMORY = Pattern.compile("(?<disp>" + NUMBER
            + "?)\\(\\s*%(?<base>\\w+)\\s*(?:,\\s*%(?<index>\\w+)\\s*(?:,\\s*(?<scale>[1248])\\s*)?)?\\)");

    @Override
    Optional<ArgumentPlace> operand(String text) {
        if (text.startsWith("$")) {
            return number(text.substring(1)).map(Constant::new);
        }
        if (text.startsWith("%")) {
            return Registers.x86(text.substring(1)).map(Register::new);
        }
        Matcher memory = MEMORY.matcher(text);
        return memory.matches() ? memory(memory) : Optional.empty();
    }

    private static Optional<ArgumentPlace> memory(Matcher text) {
        Optional<Long> displacement = number(text.group("disp"));
        Optional<Registers.Part> base = Registers.x86(text.group("base"));
        if (displacement.isEmpty() || base.isEmpty()) {
            return Optional.empty();
        }
        if (text.group("index") == null) {
            return Optional.of(new Memory(base.get(), displacement.get()));
        }
        int scale = text.group("scale") == null ? 1 : Integer.parseInt(text.group("scale"));
        return Registers.x86(text.group("index"))
                .map(index -> new IndexedMemory(base.get(), index, scale, displacement.get()));
    }

    @Override
    String print(ArgumentPlace place) {
        return switch (place) {
            case Constant(long value) -> "$" + value;
            case Register(Registers.Part register) -> "%" + register.name();
            case Memory(Registers.Part base, long displacement) -> displacement + "(%" + base.name() + ")";
            case IndexedMemory(Registers.Part base, Registers.Part index, int scale, long displacement) ->
                displacement + "(%" + base.name() + ",%" + index.name() + "," + scale + ")";
        };
    }
}
