package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs functions of the intermediate representation as they stand, to see what they compute: integers, slots of the frame, and calls.
 * Arithmetic is that of large integers, cut to size, so that nothing is shared with the optimizer.
 */
public final class Evaluation {
    private static final int STEPS = 1_000_000;

    private final byte[] memory = new byte[1 << 16];
    private int frameEnd = 64;
    private int steps;

    private Evaluation() {}

    /** What {@code function} returns for these arguments. */
    public static long result(Function function, long... arguments) {
        return new Evaluation().call(function, arguments);
    }

    private long call(Function function, long[] arguments) {
        int before = frameEnd;
        Frame frame = new Frame();
        for (int i = 0; i < arguments.length; i++) {
            frame.values.put(
                    function.parameters().get(i), cut(function.parameters().get(i), arguments[i]));
        }
        Block block = function.entry();
        while (true) {
            for (Instruction instruction : block.instructions()) {
                frame.values.put(instruction, cut(instruction, evaluate(instruction.operation(), frame)));
            }
            if (++steps > STEPS) {
                throw new IllegalStateException("does not end");
            }
            if (block.terminator() instanceof Terminator.Return leave) {
                frameEnd = before;
                return leave.value().map(frame::get).orElse(0L);
            }
            block = frame.follow(next(block.terminator(), frame));
        }
    }

    private static Edge next(Terminator terminator, Frame frame) {
        return switch (terminator) {
            case Terminator.Jump jump -> jump.edge();
            case Terminator.MayContinue loop -> loop.more();
            case Terminator.Branch branch ->
                branch.comparison().test(frame.get(branch.left()), frame.get(branch.right()))
                        ? branch.taken()
                        : branch.otherwise();
            case Terminator.Switch choice ->
                choice.cases().stream()
                        .filter(c -> c.number() == frame.get(choice.value()))
                        .map(Terminator.Switch.Case::edge)
                        .findFirst()
                        .orElse(choice.otherwise());
            case Terminator.Return leave -> throw new IllegalStateException("goes nowhere");
        };
    }

    private static long cut(Value value, long number) {
        return value.type() == Int.I32 ? (int) number : number;
    }

    private long evaluate(Operation operation, Frame frame) {
        return switch (operation) {
            case Operation.Binary b -> binary(b, frame.get(b.left()), frame.get(b.right()));
            case Operation.Negate n -> -frame.get(n.value());
            case Operation.SwapBytes s -> swapped(s.width().bytes(), frame.get(s.value()));
            case Operation.Extend e -> extended(e.from().bytes(), e.signed(), frame.get(e.value()));
            case Operation.Compare c -> c.comparison().test(frame.get(c.left()), frame.get(c.right())) ? 1 : 0;
            case Operation.PointerAdd add -> frame.get(add.pointer()) + frame.get(add.offset());
            case Operation.PointerDifference d -> frame.get(d.left()) - frame.get(d.right());
            case Operation.Reinterpret r -> frame.get(r.value());
            case Operation.StackAddress address -> frame.address(address.slot());
            case Operation.Load load -> load(load, frame);
            case Operation.Store store -> {
                store(store, frame);
                yield 0;
            }
            case Operation.Atomic atomic -> atomic(atomic, frame);
            case Operation.CompareAndExchange exchange -> {
                long before = read(exchange.address(), exchange.offset(), (Int) exchange.type(), frame);
                if (before == frame.get(exchange.expected())) {
                    write(exchange.address(), exchange.offset(), (Int) exchange.type(), exchange.replacement(), frame);
                }
                yield before;
            }
            case Operation.CallFunction call ->
                call(
                        call.function(),
                        call.arguments().stream().mapToLong(frame::get).toArray());
            default -> throw new IllegalStateException("not evaluated here: " + operation);
        };
    }

    private static long binary(Operation.Binary binary, long left, long right) {
        int bits = ((Int) binary.type()).bits();
        BigInteger size = BigInteger.ONE.shiftLeft(bits);
        BigInteger a = BigInteger.valueOf(left);
        BigInteger b = BigInteger.valueOf(right);
        BigInteger ua = a.mod(size);
        BigInteger ub = b.mod(size);
        int distance = (int) (right & (bits - 1));
        boolean byZero = right == 0;
        return switch (binary.operator()) {
            case ADD -> a.add(b).longValue();
            case SUBTRACT -> a.subtract(b).longValue();
            case MULTIPLY -> a.multiply(b).longValue();
            case DIVIDE -> byZero ? 0 : ua.divide(ub).longValue();
            case SIGNED_DIVIDE -> byZero ? 0 : a.divide(b).longValue();
            case REMAINDER -> byZero ? left : ua.remainder(ub).longValue();
            case SIGNED_REMAINDER -> byZero ? left : a.remainder(b).longValue();
            case AND -> left & right;
            case OR -> left | right;
            case XOR -> left ^ right;
            case SHIFT_LEFT -> a.shiftLeft(distance).longValue();
            case SHIFT_RIGHT -> ua.shiftRight(distance).longValue();
            case ARITHMETIC_SHIFT_RIGHT -> a.shiftRight(distance).longValue();
        };
    }

    private static long swapped(int bytes, long value) {
        long result = 0;
        for (int i = 0; i < bytes; i++) {
            result = result << 8 | (value >> (8 * i) & 0xff);
        }
        return result;
    }

    private static long extended(int bytes, boolean signed, long value) {
        if (bytes == Long.BYTES) {
            return value;
        }
        long low = value & ((1L << (8 * bytes)) - 1);
        long sign = 1L << (8 * bytes - 1);
        return signed ? (low ^ sign) - sign : low;
    }

    private long atomic(Operation.Atomic atomic, Frame frame) {
        Int type = (Int) atomic.value().type();
        long before = read(atomic.address(), atomic.offset(), type, frame);
        long value = frame.get(atomic.value());
        long after = switch (atomic.operator()) {
            case ADD -> before + value;
            case AND -> before & value;
            case OR -> before | value;
            case XOR -> before ^ value;
            case EXCHANGE -> value;
        };
        write(atomic.address(), atomic.offset(), type, Constant.of(type, after), frame);
        return before;
    }

    private long load(Operation.Load load, Frame frame) {
        long value = read(load.address(), load.offset(), load.width(), frame);
        return extended(load.width().bytes(), load.signed(), value);
    }

    private void store(Operation.Store store, Frame frame) {
        write(store.address(), store.offset(), store.width(), store.value(), frame);
    }

    /** What is in memory, sign-extended. */
    private long read(Value base, int offset, Int width, Frame frame) {
        int address = (int) frame.get(base) + offset;
        long value = 0;
        for (int i = width.bytes() - 1; i >= 0; i--) {
            value = value << 8 | (memory[address + i] & 0xff);
        }
        return extended(width.bytes(), true, value);
    }

    private void write(Value base, int offset, Int width, Value value, Frame frame) {
        int address = (int) frame.get(base) + offset;
        for (int i = 0; i < width.bytes(); i++) {
            memory[address + i] = (byte) (frame.get(value) >> (8 * i));
        }
    }

    /** The values of one call. */
    private final class Frame {
        private final Map<Value, Long> values = new HashMap<>();
        private final Map<StackSlot, Integer> slots = new HashMap<>();

        long get(Value value) {
            if (value instanceof Constant constant) {
                return constant.value();
            }
            Long known = values.get(value);
            if (known == null) {
                throw new IllegalStateException("used before it is computed: " + value);
            }
            return known;
        }

        /** Goes along an edge: the target's parameters get their values all at once. */
        Block follow(Edge edge) {
            List<Long> arguments = new ArrayList<>();
            edge.arguments().forEach(argument -> arguments.add(get(argument)));
            for (int i = 0; i < arguments.size(); i++) {
                values.put(edge.target().parameters().get(i), arguments.get(i));
            }
            return edge.target();
        }

        int address(StackSlot slot) {
            return slots.computeIfAbsent(slot, s -> {
                int address = frameEnd;
                frameEnd += (s.size() + 7) / 8 * 8;
                return address;
            });
        }
    }
}
