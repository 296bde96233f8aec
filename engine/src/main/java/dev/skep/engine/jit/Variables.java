package dev.skep.engine.jit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.HashMap;
import java.util.Map;

/** The local variables of a method, and how values get in and out of them. */
final class Variables {
    private static final long LOW = 0xffff_ffffL;

    final ValueGraph graph;
    final Facts facts;
    final Demand demand;
    final Webs webs;
    private final CodeBuilder code;
    private final Map<Integer, Integer> slots = new HashMap<>();

    Variables(ValueGraph graph, Facts facts, Demand demand, Webs webs, CodeBuilder code) {
        this.graph = graph;
        this.facts = facts;
        this.demand = demand;
        this.webs = webs;
        this.code = code;
    }

    private int slot(int value) {
        return slots.computeIfAbsent(
                webs.of(value), web -> code.allocateLocal(webs.isWide(web) ? TypeKind.LONG : TypeKind.INT));
    }

    /** True if nobody will look at the value in its variable. */
    boolean isUnused(int value) {
        return demand.of(value) == Demand.NOTHING && !webs.isMerged(value);
    }

    /** True if both are in the same variable. */
    boolean shares(int value, int other) {
        return webs.of(value) == webs.of(other) && !facts.isConstant(other);
    }

    /** True if the value is computed and kept as an int. */
    boolean isInt(int value) {
        return !webs.isWide(value);
    }

    /** Pushes a value as a long. If only its lower half counts, the upper one is whatever is there. */
    void pushLong(int value) {
        if (facts.isConstant(value)) {
            code.loadConstant(facts.constant(value));
        } else if (webs.isWide(value)) {
            code.lload(slot(value));
        } else {
            code.iload(slot(value));
            widen(value);
        }
    }

    private void widen(int value) {
        if (facts.isPositive(value)) {
            code.i2l();
        } else {
            widen();
        }
    }

    /** Pushes the lower half of a value. */
    void pushInt(int value) {
        if (facts.isConstant(value)) {
            code.loadConstant((int) facts.constant(value));
        } else if (webs.isWide(value)) {
            code.lload(slot(value)).l2i();
        } else {
            code.iload(slot(value));
        }
    }

    /**
     * Pushes the lower half of a value as a long whose upper half is zero, whatever is believed of the value: what keeps a program
     * in its sandbox must not hang on that. Where HotSpot sees that the mask changes nothing it drops it.
     */
    void pushZeroExtended(int value) {
        if (facts.isConstant(value)) {
            code.loadConstant(facts.constant(value) & LOW);
        } else if (webs.isWide(value)) {
            code.lload(slot(value)).loadConstant(LOW).land();
        } else {
            code.iload(slot(value));
            widen();
        }
    }

    /** An int on the stack becomes a long with a zero upper half. */
    void widen() {
        code.i2l().loadConstant(LOW).land();
    }

    /** Stores a value that is on the stack as a long. */
    void storeLong(int value) {
        if (isUnused(value)) {
            code.pop2();
        } else if (webs.isWide(value)) {
            code.lstore(slot(value));
        } else {
            code.l2i().istore(slot(value));
        }
    }

    /** Stores a value that is on the stack as an int and whose upper half is zero. */
    void storeInt(int value) {
        if (isUnused(value)) {
            code.pop();
        } else if (webs.isWide(value)) {
            widen();
            code.lstore(slot(value));
        } else {
            code.istore(slot(value));
        }
    }

    /** Stores a constant, if somebody reads it from the variable. */
    void storeConstant(int value) {
        if (!webs.isMerged(value)) {
            return;
        }
        if (webs.isWide(value)) {
            code.loadConstant(facts.constant(value)).lstore(slot(value));
        } else {
            code.loadConstant((int) facts.constant(value)).istore(slot(value));
        }
    }

    /** Gives a variable that may be read before it is written to a value: 0. */
    void clear(int value) {
        if (webs.isWide(value)) {
            code.lconst_0().lstore(slot(value));
        } else {
            code.iconst_0().istore(slot(value));
        }
    }
}
