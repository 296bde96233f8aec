package dev.skep.verifier.explain;

import dev.skep.verifier.explain.Operation.Operand;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an instruction leaves behind where a log does not show it: kernels before 5.17 write states only after branches. Only what
 * follows without doubt is told; of anything else nothing is known afterwards.
 */
public final class UnshownValues {
    private static final String UNKNOWN = "scalar()";
    private static final int LAST_CLOBBERED = 5;
    private static final int FRAME_POINTER = 10;
    private static final int SLOT = 8;
    private static final long LOW_WORD = 0xffff_ffffL;
    private static final Pattern STACK = Pattern.compile("^fp(-?\\d*)$");
    private static final Pattern OFFSET = Pattern.compile("\\boff=(-?\\d+)");
    private static final Pattern BYTES = Pattern.compile("^[?m0rw]{8}$");

    private UnshownValues() {}

    /**
     * Changes {@code state}, names and values as in a step's, to what holds after an instruction.
     *
     * @param instruction as the log writes it
     */
    public static void apply(String instruction, SequencedMap<String, String> state) {
        Operation operation = OperationReader.read(instruction);
        if (operation instanceof Operation.Call(String _, boolean _)) {
            for (int register = 0; register <= LAST_CLOBBERED; register++) {
                state.remove("R" + register);
            }
        } else if (operation.written().isPresent()) {
            String target = "R" + operation.written().getAsInt();
            Optional<String> after = after(operation, target, state);
            after.ifPresentOrElse(value -> state.put(target, value), () -> state.remove(target));
        } else if (operation instanceof Operation.Store store && store.base() == FRAME_POINTER) {
            String slot = "fp" + Math.floorDiv(store.offset(), SLOT) * SLOT;
            Optional<String> value = store.size() == SLOT ? operand(store.source(), state) : Optional.empty();
            value.ifPresentOrElse(text -> state.put(slot, text), () -> state.remove(slot));
        }
    }

    private static Optional<String> after(Operation operation, String target, SequencedMap<String, String> state) {
        return switch (operation) {
            case Operation.Move move -> moved(move, state);
            case Operation.Load load -> loaded(load, state);
            case Operation.Arithmetic arithmetic ->
                Optional.ofNullable(state.get(target)).flatMap(before -> computed(arithmetic, before));
            default -> Optional.empty();
        };
    }

    private static Optional<String> operand(Operand operand, SequencedMap<String, String> state) {
        return switch (operand) {
            case Operand.Constant(long value) -> Optional.of(Long.toString(value));
            case Operand.Register(int number) -> Optional.ofNullable(state.get("R" + number));
        };
    }

    private static Optional<String> moved(Operation.Move move, SequencedMap<String, String> state) {
        Optional<String> source = operand(move.source(), state);
        if (move.signBits() > 0) {
            return Optional.of(UNKNOWN);
        }
        return move.wide() ? source : source.map(text -> atMost(KnownValueReader.read(text), LOW_WORD));
    }

    private static Optional<String> loaded(Operation.Load load, SequencedMap<String, String> state) {
        KnownValue base = load.base() == FRAME_POINTER
                ? KnownValueReader.read("fp0")
                : KnownValueReader.read(state.getOrDefault("R" + load.base(), "?"));
        if (base.isStack()) {
            return Optional.ofNullable(state.get("fp" + (base.fixedOffset() + load.offset())))
                    .map(slot -> reloaded(load, slot));
        }
        boolean typed = base.kind().equals("ctx")
                || base.kind().contains("ptr_")
                || base.kind().startsWith("sock");
        return base.isPointer() && !typed ? Optional.of(ofSize(load)) : Optional.empty();
    }

    private static String reloaded(Operation.Load load, String slot) {
        if (!BYTES.matcher(slot).matches()) {
            return load.size() == SLOT ? slot : ofSize(load);
        }
        return slot.equals("00000000") ? "0" : ofSize(load);
    }

    /** Any number of so many bytes. */
    private static String ofSize(Operation.Load load) {
        return load.signed() || load.size() == SLOT ? UNKNOWN : "scalar(umax=" + ((1L << (8 * load.size())) - 1) + ")";
    }

    private static Optional<String> computed(Operation.Arithmetic arithmetic, String before) {
        KnownValue value = KnownValueReader.read(before);
        boolean adds =
                arithmetic.operator().equals("+") || arithmetic.operator().equals("-");
        if (value.isPointer()) {
            if (!adds) {
                return Optional.of(UNKNOWN);
            }
            return arithmetic.operand() instanceof Operand.Constant(long constant)
                    ? pointer(before, arithmetic.operator().equals("+") ? constant : -constant)
                    : Optional.empty();
        }
        if (!value.isScalar()) {
            return Optional.empty();
        }
        return Optional.of(
                arithmetic.operand() instanceof Operand.Constant(long constant) && arithmetic.wide()
                        ? number(arithmetic.operator(), value, constant)
                        : arithmetic.wide() ? UNKNOWN : atMost(KnownValueReader.read(UNKNOWN), LOW_WORD));
    }

    /** A pointer moved by a constant. */
    private static Optional<String> pointer(String before, long distance) {
        Matcher stack = STACK.matcher(before);
        if (stack.matches()) {
            long offset = stack.group(1).isEmpty() ? 0 : Long.parseLong(stack.group(1));
            return Optional.of("fp" + (offset + distance));
        }
        Matcher offset = OFFSET.matcher(before);
        return offset.find()
                ? Optional.of(before.substring(0, offset.start(1))
                        + (Long.parseLong(offset.group(1)) + distance)
                        + before.substring(offset.end(1)))
                : Optional.empty();
    }

    private static String number(String operator, KnownValue value, long constant) {
        if (value.isConstant()) {
            return switch (operator) {
                case "+" -> Long.toString(value.umin() + constant);
                case "-" -> Long.toString(value.umin() - constant);
                case "&" -> Long.toString(value.umin() & constant);
                case "<<" -> Long.toString(value.umin() << constant);
                case ">>" -> Long.toString(value.umin() >>> constant);
                default -> UNKNOWN;
            };
        }
        return switch (operator) {
            case "&" -> constant >= 0 ? atMost(value, constant) : UNKNOWN;
            case ">>" -> "scalar(umax=" + Long.toUnsignedString(value.umax() >>> constant) + ")";
            case "<<" -> {
                boolean fits = Long.compareUnsigned(value.umax(), -1L >>> constant) <= 0;
                yield fits ? "scalar(umax=" + Long.toUnsignedString(value.umax() << constant) + ")" : UNKNOWN;
            }
            default -> UNKNOWN;
        };
    }

    private static String atMost(KnownValue value, long limit) {
        if (value.isConstant()) {
            return Long.toString(value.umin() & limit);
        }
        boolean narrower = value.isScalar() && Long.compareUnsigned(value.umax(), limit) <= 0;
        return narrower ? value.text() : "scalar(umax=" + Long.toUnsignedString(limit) + ")";
    }
}
