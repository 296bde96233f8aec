package dev.skep.engine.jit;

import dev.skep.engine.jit.RegisterKinds.Kind;
import dev.skep.engine.jit.RegisterKinds.Pointer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The text of a function that is being written, and what the registers hold where it has come to. The frame: at r10-8 the
 * address of memory the function was given, random bytes from {@link #LOW} to {@link #HIGH}, and below, at r10-72, r10-80 and
 * {@link #VALUE}, room for an address, a key and a value.
 */
final class FunctionText {
    static final int HIGH = -16;
    static final int LOW = -64;
    /** Offset from r10 of a value of 16 bytes. */
    static final int VALUE = -96;

    final Pointer home;
    /** Registers that must keep what they hold for now. */
    final BitSet kept = new BitSet();

    RegisterKinds registers;
    /** Loops around the place. */
    int loops;

    private final List<String> lines = new ArrayList<>();
    private final Map<String, RegisterKinds> atLabels = new HashMap<>();
    private final String prefix;
    private int labels;

    /** @param prefix of its labels, which no other function has @param arguments true if r2 to r5 are numbers */
    FunctionText(String prefix, int memorySize, boolean arguments) {
        this.prefix = prefix;
        home = new Pointer(0, memorySize, true);
        registers = RegisterKinds.atEntry(home, arguments);
    }

    void add(String line, Object... values) {
        lines.add("        " + line.formatted(values));
    }

    String newLabel() {
        return prefix + labels++;
    }

    /** A jump to {@code label} comes from here, which is further down. */
    void jumpsTo(String label) {
        RegisterKinds before = atLabels.get(label);
        if (before == null) {
            atLabels.put(label, registers.copy());
        } else {
            before.mergeWith(registers);
        }
    }

    /** The place jumps to {@code label} lead to; execution also gets here from above. */
    void place(String label) {
        lines.add(label + ":");
        RegisterKinds jumped = atLabels.remove(label);
        if (jumped != null) {
            registers.mergeWith(jumped);
        }
    }

    /** The place jumps to {@code label}, of which there are some, lead to; execution does not get here from above. */
    void placeUnreached(String label) {
        registers = Objects.requireNonNull(atLabels.get(label), label).copy();
        place(label);
    }

    /** Gives a register up. */
    void forget(int register) {
        registers.set(register, RegisterKinds.UNDEFINED);
    }

    /** Gives registers back what kind of thing they held. */
    void restore(RegisterKinds wanted) {
        for (int r = 0; r < RegisterKinds.COUNT; r++) {
            Kind kind = wanted.get(r);
            if (kind.equals(registers.get(r))) {
                continue;
            }
            if (kind.equals(RegisterKinds.NUMBER)) {
                add("r%d = %d", r, 3 * r - 7);
            } else if (kind.equals(home)) {
                add("r%d = *(u64 *)(r10 - 8)", r);
            } else if (!kind.equals(RegisterKinds.UNDEFINED)) {
                throw new IllegalStateException("r" + r + " cannot be given " + kind + " back");
            }
            registers.set(r, kind);
        }
    }

    /** True if a call may be made here: nothing is kept in what it changes. */
    boolean mayCall() {
        return kept.nextSetBit(0) < 0 || kept.nextSetBit(0) > 5;
    }

    List<String> lines() {
        return lines;
    }
}
