package dev.skep.verifier.transfer;

/**
 * How an addition or subtraction is kept from leaving its memory on a path that only speculation takes: {@code alu_state} and
 * {@code alu_limit}, include/linux/bpf_verifier.h.
 *
 * @param ofPointer false if two numbers are added, where nothing is masked
 * @param pointerFirst the pointer is the left operand
 * @param negative the number may be negative
 * @param constant the number is known, so that it takes the register's place
 * @param limit the largest number that passes
 */
record PointerMask(boolean ofPointer, boolean pointerFirst, boolean negative, boolean constant, int limit) {
    static final PointerMask OF_NUMBERS = new PointerMask(false, false, false, false, 0);
}
