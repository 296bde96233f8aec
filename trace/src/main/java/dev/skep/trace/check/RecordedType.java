package dev.skep.trace.check;

import dev.skep.trace.system.Tracepoints;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The types of what tracepoints record, from their text in tracefs. */
final class RecordedType {
    private static final Set<String> CHARACTERS = Set.of("char", "const char");

    private final Function<String, Optional<TraceType>> named;
    private final AddressSpace space;

    /** @param named finds types by name @param space where pointers point to */
    RecordedType(Function<String, Optional<TraceType>> named, AddressSpace space) {
        this.named = named;
        this.space = space;
    }

    TraceType of(Tracepoints.Field field) {
        if (field.location() != Tracepoints.Location.HERE) {
            return new TraceType.Pointer(new TraceType.Number(1, true), AddressSpace.KERNEL);
        }
        String type = field.type().strip();
        if (field.elements() > 0) {
            return CHARACTERS.contains(type)
                    ? new TraceType.Text(field.size())
                    : new TraceType.Array(number(field.size() / field.elements(), field.signed()), field.elements());
        }
        if (type.endsWith("*") && field.size() == Long.BYTES) {
            return new TraceType.Pointer(target(type.substring(0, type.length() - 1)), space);
        }
        return switch (field.size()) {
            case 1, 2, 4, 8 -> number(field.size(), field.signed());
            default -> new TraceType.Array(number(1, false), field.size());
        };
    }

    private TraceType target(String type) {
        String plain = type.replace("const", "").strip();
        return switch (plain) {
            case "char" -> number(1, true);
            case "void" -> new TraceType.Nothing();
            case "int" -> number(4, true);
            case "unsigned int", "u32" -> number(4, false);
            case "long" -> number(8, true);
            default ->
                plain.endsWith("*")
                        ? new TraceType.Pointer(target(plain.substring(0, plain.length() - 1)), space)
                        : named.apply(plain).orElseGet(TraceType.Nothing::new);
        };
    }

    private static TraceType.Number number(int size, boolean signed) {
        return new TraceType.Number(size, signed);
    }
}
