package dev.skep.verifier.state;

import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Uninitialized;
import dev.skep.verifier.value.Value;
import java.util.Optional;

/**
 * Eight bytes of the stack.
 *
 * @param bytes a {@link SlotByte} for each byte in four bits each; byte 0, the lowest address, in the lowest bits
 * @param spilled the register that was stored here, if any byte is SPILL; then the top byte is
 * @param object the kernel's object that lies here, if the bytes are DYNPTR, ITERATOR or IRQ_FLAG
 */
public record StackSlot(int bytes, Value spilled, Optional<StackObject> object) {
    public static final int SIZE = 8;

    public static final StackSlot EMPTY = filled(SlotByte.INVALID);
    public static final StackSlot MISC = filled(SlotByte.MISC);
    public static final StackSlot ZERO = filled(SlotByte.ZERO);

    private static final int EVERY = 0x1111_1111;

    private static StackSlot filled(SlotByte kind) {
        return new StackSlot(EVERY * kind.ordinal(), Uninitialized.INSTANCE, Optional.empty());
    }

    /** A whole register stored here. */
    public static StackSlot spill(Value value) {
        return new StackSlot(EVERY * SlotByte.SPILL.ordinal(), value, Optional.empty());
    }

    /** A kernel object's part. */
    public static StackSlot holding(SlotByte kind, StackObject object) {
        return new StackSlot(EVERY * kind.ordinal(), Uninitialized.INSTANCE, Optional.of(object));
    }

    /** @param index 0 is the lowest address */
    public SlotByte at(int index) {
        return SlotByte.of(bytes >>> (4 * index) & 0xf);
    }

    /** The same slot with one byte changed, and whatever was spilled left to be judged by the bytes that still say so. */
    public StackSlot with(int index, SlotByte kind) {
        int shift = 4 * index;
        return new StackSlot((bytes & ~(0xf << shift)) | (kind.ordinal() << shift), spilled, object);
    }

    /** The lowest {@code size} bytes hold {@code value}'s low bytes; those above keep what they held, but no spill. */
    public StackSlot spillLow(Value value, int size) {
        StackSlot slot = new StackSlot(withoutSpill().bytes, value, Optional.empty());
        for (int i = 0; i < size; i++) {
            slot = slot.with(i, SlotByte.SPILL);
        }
        return slot;
    }

    /** Spilled bytes become plain ones. */
    public StackSlot withoutSpill() {
        if (!hasSpill()) {
            return this;
        }
        StackSlot slot = new StackSlot(bytes, Uninitialized.INSTANCE, Optional.empty());
        for (int i = 0; i < SIZE; i++) {
            if (slot.at(i) == SlotByte.SPILL) {
                slot = slot.with(i, SlotByte.MISC);
            }
        }
        return slot;
    }

    /** The same bytes with another register's knowledge. */
    public StackSlot withSpilled(Value value) {
        return new StackSlot(bytes, value, object);
    }

    /** Some of the bytes are a stored register. */
    public boolean hasSpill() {
        return at(0) == SlotByte.SPILL || at(SIZE - 1) == SlotByte.SPILL;
    }

    /** All of the bytes are a stored register. */
    public boolean isFullSpill() {
        return at(0) == SlotByte.SPILL && at(SIZE - 1) == SlotByte.SPILL;
    }

    /** How many bytes, from the lowest on, hold the stored register. */
    public int spillSize() {
        int size = 0;
        while (size < SIZE && at(size) == SlotByte.SPILL) {
            size++;
        }
        return size;
    }

    /** The stored register is a number. */
    public boolean hasSpilledScalar() {
        return hasSpill() && spilled instanceof Scalar;
    }

    public boolean isEmpty() {
        return bytes == 0;
    }

    /** The letters of the kernel's log, highest address first: {@code mmmm0000}. */
    public String letters() {
        StringBuilder text = new StringBuilder(SIZE);
        for (int i = SIZE - 1; i >= 0; i--) {
            text.append(at(i).letter());
        }
        return text.toString();
    }
}
