package dev.skep.verifier.state;

import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Uninitialized;
import dev.skep.verifier.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The registers and the stack of one function that is being executed. Mutable; {@link #copy} for another path. */
public final class Frame {
    public static final int REGISTERS = 11;
    public static final int FRAME_POINTER = 10;

    private static final StackSlot[] NO_STACK = {};

    private final int depth;
    private final Entry entry;
    private final Value[] registers;
    private StackSlot[] stack;

    private List<Held> heldAtEntry = List.of();

    /** Number of times the callback this frame runs has been started on the path, for {@code bpf_loop} and kin. */
    private int callbackDepth;

    /** A function about to be executed. @param depth 0 for the program itself */
    public Frame(int depth, Entry entry) {
        this.depth = depth;
        this.entry = entry;
        registers = new Value[REGISTERS];
        Arrays.fill(registers, Uninitialized.INSTANCE);
        registers[FRAME_POINTER] = Pointer.to(new Region.Stack(depth));
        stack = NO_STACK;
    }

    private Frame(Frame original) {
        depth = original.depth;
        entry = original.entry;
        registers = original.registers.clone();
        stack = original.stack.length == 0 ? NO_STACK : original.stack.clone();
        callbackDepth = original.callbackDepth;
        heldAtEntry = original.heldAtEntry;
    }

    public Frame copy() {
        return new Frame(this);
    }

    public int depth() {
        return depth;
    }

    public Entry entry() {
        return entry;
    }

    /** What was held when it was entered. */
    public List<Held> heldAtEntry() {
        return heldAtEntry;
    }

    void setHeldAtEntry(List<Held> held) {
        heldAtEntry = held;
    }

    public int callbackDepth() {
        return callbackDepth;
    }

    public void enterCallback() {
        callbackDepth++;
    }

    public void resetCallbacks() {
        callbackDepth = 0;
    }

    public Value register(int number) {
        return registers[number];
    }

    public void set(int number, Value value) {
        registers[number] = value;
    }

    /** Number of slots that were ever written to, from the frame pointer down. */
    public int stackSlots() {
        return stack.length;
    }

    /** The eight bytes from {@code fp - 8 * (index + 1)} on. */
    public StackSlot slot(int index) {
        return index < stack.length ? stack[index] : StackSlot.EMPTY;
    }

    /** Writes eight bytes. @param index as in {@link #slot} */
    public void set(int index, StackSlot slot) {
        if (index >= stack.length) {
            int before = stack.length;
            stack = Arrays.copyOf(stack, index + 1);
            Arrays.fill(stack, before, stack.length, StackSlot.EMPTY);
        }
        stack[index] = slot;
    }

    /** Which slot the byte at {@code fp + offset} lies in; {@code offset} is negative. */
    public static int slotOf(int offset) {
        return (-offset - 1) / StackSlot.SIZE;
    }

    /** Which byte of its slot the one at {@code fp + offset} is, 0 being the lowest address. */
    public static int byteOf(int offset) {
        return Math.floorMod(offset, StackSlot.SIZE);
    }

    /** The offset from the frame pointer at which slot {@code index} starts. */
    public static int offsetOf(int index) {
        return -StackSlot.SIZE * (index + 1);
    }

    /** Puts {@code change(v)} where {@code v} was, in registers and spilled ones. */
    public void replaceValues(UnaryOperator<Value> change) {
        for (int i = 0; i < REGISTERS; i++) {
            registers[i] = change.apply(registers[i]);
        }
        for (int i = 0; i < stack.length; i++) {
            StackSlot slot = stack[i];
            if (slot.hasSpill()) {
                Value changed = change.apply(slot.spilled());
                if (!changed.equals(slot.spilled())) {
                    stack[i] = changed.isUninitialized() ? StackSlot.MISC : slot.withSpilled(changed);
                }
            }
        }
    }
}
