package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a loop's body that has become a function shares with the function that it was in: values, 8 bytes each, in the frame of the
 * latter, as the kernel's verifier keeps track of pointers in there; and by which way the loop was left.
 */
final class LoopContext {
    private static final int ENTRY = 8;

    private final Set<Value> captured = new LinkedHashSet<>();
    private final Set<Value> needed = new LinkedHashSet<>();
    private final Set<Instruction> changed = new LinkedHashSet<>();
    private final List<Edge> ways = new ArrayList<>();
    private final Map<Value, Integer> places = new LinkedHashMap<>();

    /** What the body uses of what is computed before the loop. */
    Set<Value> captured() {
        return captured;
    }

    /** What is used behind the loop of what the body computes. */
    Set<Value> needed() {
        return needed;
    }

    /** Addresses of slots of the frame, of those that are captured, that the body may write to. */
    Set<Instruction> changed() {
        return changed;
    }

    /** The ways out of the loop, apart from the one at the end of the map; they are counted from 1 on. */
    List<Edge> ways() {
        return ways;
    }

    /** Gives places to what is captured, to what goes from round to round, and to what is needed. */
    void setPlaces(List<? extends Value> carried) {
        captured.stream().filter(value -> !isMadeAgain(value)).forEach(this::add);
        carried.forEach(this::add);
        needed.forEach(this::add);
    }

    private void add(Value value) {
        places.putIfAbsent(value, places.size() * ENTRY);
    }

    /** True for an address that the body can have as well as the function around it. */
    static boolean isMadeAgain(Value value) {
        return value instanceof Instruction instruction
                && instruction.operation() instanceof Operation.Leaf
                && !(instruction.operation() instanceof Operation.StackAddress);
    }

    /** True if nothing is shared. */
    boolean isEmpty() {
        return places.isEmpty() && ways.isEmpty();
    }

    /** Room for all. */
    StackSlot slot() {
        return new StackSlot("loop", places.size() * ENTRY + (ways.isEmpty() ? 0 : ENTRY), ENTRY);
    }

    /** Writes {@code now} to the place of {@code value}. */
    Operation store(Value context, Value value, Value now) {
        return new Operation.Store(context, placeOf(value), width(value), now, Optional.empty());
    }

    /** Reads what is at the place of {@code value}. */
    Operation load(Value context, Value value) {
        return new Operation.Load(context, placeOf(value), width(value), false, value.type(), Optional.empty());
    }

    /** Something that can be read at the place of {@code value} if it was never computed. */
    Operation clear(Value context, Value value) {
        Constant zero = value.type() == Int.I32 ? Constant.of(0) : Constant.of(0L);
        return store(context, value, zero);
    }

    /** Writes by which way the loop is left, 0 for the end of the map. */
    Operation storeWay(Value context, int way) {
        return new Operation.Store(context, places.size() * ENTRY, Int.I64, Constant.of((long) way), Optional.empty());
    }

    Operation loadWay(Value context) {
        return new Operation.Load(context, places.size() * ENTRY, Int.I64, false, Int.I64, Optional.empty());
    }

    private int placeOf(Value value) {
        return Objects.requireNonNull(places.get(value));
    }

    private static Int width(Value value) {
        return value.type() == Int.I32 ? Int.I32 : Int.I64;
    }
}
