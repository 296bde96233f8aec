package dev.skep.verifier.transfer;

/**
 * An access to memory.
 *
 * @param register the pointer it goes through
 * @param offset added to the pointer, in bytes @param size in bytes: 1, 2, 4 or 8
 * @param kind loads and stores
 * @param value the register loaded into or stored from; {@link #NONE} if there is none
 * @param constant what is stored if no register is; 0 otherwise
 * @param signed a load extends the sign
 */
record Access(int register, int offset, int size, Kind kind, int value, long constant, boolean signed) {
    /** No register takes part beside the pointer. */
    static final int NONE = -1;

    enum Kind {
        LOAD,
        STORE,
        /** A store of an immediate. */
        STORE_CONSTANT,
        /** One half of an atomic operation: a load whose result is not kept, or a store of who knows what. */
        ATOMIC_LOAD,
        ATOMIC_STORE
    }

    static Access load(int register, int offset, int size, int into, boolean signed) {
        return new Access(register, offset, size, Kind.LOAD, into, 0, signed);
    }

    static Access store(int register, int offset, int size, int from) {
        return new Access(register, offset, size, Kind.STORE, from, 0, false);
    }

    static Access storeConstant(int register, int offset, int size, long constant) {
        return new Access(register, offset, size, Kind.STORE_CONSTANT, NONE, constant, false);
    }

    boolean writes() {
        return kind == Kind.STORE || kind == Kind.STORE_CONSTANT || kind == Kind.ATOMIC_STORE;
    }

    String name() {
        return "R" + register;
    }
}
