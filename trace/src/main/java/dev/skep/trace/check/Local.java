package dev.skep.trace.check;

import dev.skep.trace.type.TraceType;

/** A variable of a program ({@code $name}), as it is after the scopes are known: two with one name are two. */
public final class Local {
    private static final TraceType UNKNOWN = new TraceType.Nothing();

    private final String name;
    private final Origin origin;
    private TraceType type = UNKNOWN;
    private boolean shared;

    Local(String name, Origin origin) {
        this.name = name;
        this.origin = origin;
    }

    /** What made a variable. */
    enum Origin {
        /** Its first assignment. */
        ASSIGNMENT,
        /** {@code let}. */
        LET,
        /** {@code let} with a type. */
        TYPED,
        /** A loop. */
        LOOP
    }

    /** Without the dollar sign. */
    public String name() {
        return name;
    }

    /** What all that is assigned to it fits in. */
    public TraceType type() {
        return type;
    }

    /** True if the body of a loop over a map uses it and it is declared outside: two functions share it. */
    public boolean isShared() {
        return shared;
    }

    /** True if {@code let} gave it a type, which no assignment changes. */
    boolean isDeclared() {
        return origin == Origin.TYPED;
    }

    /** True if no {@code let} and no loop declares it. */
    boolean isImplicit() {
        return origin == Origin.ASSIGNMENT;
    }

    void widen(TraceType wider) {
        type = wider;
    }

    void share() {
        shared = true;
    }
}
