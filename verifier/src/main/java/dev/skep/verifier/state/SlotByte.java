package dev.skep.verifier.state;

/** What a byte of the stack holds ({@code enum bpf_stack_slot_type}); the ordinal is stored in four bits. */
public enum SlotByte {
    /** Nothing was written. */
    INVALID('?'),
    /** Part of a spilled register. */
    SPILL('r'),
    /** Some number. */
    MISC('m'),
    ZERO('0'),
    DYNPTR('d'),
    ITERATOR('i'),
    IRQ_FLAG('f');

    private static final SlotByte[] VALUES = values();

    private final char letter;

    SlotByte(char letter) {
        this.letter = letter;
    }

    /** As the kernel's log writes it. */
    public char letter() {
        return letter;
    }

    static SlotByte of(int ordinal) {
        return VALUES[ordinal];
    }
}
