package dev.skep.engine.jit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.jit.Operation.Operand;
import org.junit.jupiter.api.Test;

/** A load of what a register holds already becomes a move, and no other load does. */
class RedundantLoadsTest {
    private static final Operation.Load AGAIN = load(3, 1, 8, 4);

    private static Operation.Load load(int dst, int base, int offset, int size) {
        return new Operation.Load(dst, base, offset, size, false);
    }

    private static Operation.Store store(int base, int offset, int size, int value) {
        return new Operation.Store(base, offset, size, new Operand.Register(value));
    }

    private static Operation plus(int dst, long constant) {
        return new Operation.Arithmetic(Operation.Binary.ADD, true, dst, new Operand.Immediate(constant));
    }

    /** What the last operation becomes. */
    private static Operation last(Operation... operations) {
        RedundantLoads.replace(operations, new Block(0, operations.length, new int[0]));
        return operations[operations.length - 1];
    }

    @Test
    void aSecondLoadOfTheSamePlaceIsAMove() {
        assertThat(last(load(2, 1, 8, 4), AGAIN)).isEqualTo(Operation.Move.whole(3, 2));
    }

    @Test
    void anotherPlaceSizeOrSignIsLoaded() {
        assertThat(last(load(2, 1, 12, 4), AGAIN)).isSameAs(AGAIN);
        assertThat(last(load(2, 1, 8, 8), AGAIN)).isSameAs(AGAIN);
        assertThat(last(new Operation.Load(2, 1, 8, 4, true), AGAIN)).isSameAs(AGAIN);
        assertThat(last(load(2, 4, 8, 4), AGAIN)).isSameAs(AGAIN);
    }

    @Test
    void whatWasLoadedMustStillBeInARegister() {
        assertThat(last(load(2, 1, 8, 4), new Operation.Constant(2, 7), AGAIN)).isSameAs(AGAIN);
        assertThat(last(load(2, 1, 8, 4), Operation.Move.whole(5, 2), new Operation.Constant(2, 7), AGAIN))
                .isEqualTo(Operation.Move.whole(3, 5));
    }

    @Test
    void theBaseMustStillBeTheSame() {
        assertThat(last(load(2, 1, 8, 4), plus(1, 8), AGAIN)).isSameAs(AGAIN);
        assertThat(last(load(2, 1, 8, 4), plus(1, 8), plus(1, -8), AGAIN)).isEqualTo(Operation.Move.whole(3, 2));
        assertThat(last(load(1, 1, 8, 4), AGAIN)).isSameAs(AGAIN);
    }

    @Test
    void aStoreThatMayBeToThatPlaceForcesALoad() {
        assertThat(last(load(2, 1, 8, 4), store(4, 0, 1, 5), AGAIN)).isSameAs(AGAIN);
        assertThat(last(load(2, 1, 8, 4), store(1, 11, 1, 5), AGAIN)).isSameAs(AGAIN);
        assertThat(last(load(2, 1, 8, 4), store(1, 1, 8, 5), AGAIN)).isSameAs(AGAIN);
        assertThat(last(load(2, 1, 8, 4), Operation.Move.whole(4, 1), plus(4, -4), store(4, 14, 2, 5), AGAIN))
                .isSameAs(AGAIN);
    }

    @Test
    void aStoreBesideItDoesNot() {
        assertThat(last(load(2, 1, 8, 4), store(1, 12, 8, 5), AGAIN)).isEqualTo(Operation.Move.whole(3, 2));
        assertThat(last(load(2, 1, 8, 4), store(1, 0, 8, 5), AGAIN)).isEqualTo(Operation.Move.whole(3, 2));
    }

    @Test
    void whatWasStoredIsMoved() {
        assertThat(last(store(10, -8, 8, 7), load(3, 10, -8, 8))).isEqualTo(Operation.Move.whole(3, 7));
        assertThat(last(store(1, 8, 4, 7), AGAIN)).isEqualTo(new Operation.Move(3, 7, 32, false, false));
    }

    @Test
    void ofWhatWasStoredFewerBytesAreLoaded() {
        Operation.Load narrow = load(3, 1, 8, 1);

        assertThat(last(store(1, 8, 1, 7), narrow)).isSameAs(narrow);
    }

    @Test
    void callsAndAtomicsMayWriteAnywhere() {
        Operation.Atomic add = new Operation.Atomic(Operation.AtomicKind.ADD, 8, 4, 0, 5, false);

        assertThat(last(load(6, 1, 8, 4), new Operation.CallFunction(9), AGAIN)).isSameAs(AGAIN);
        assertThat(last(load(6, 1, 8, 4), add, AGAIN)).isSameAs(AGAIN);
    }

    @Test
    void twoConstantsThatAreEqualAreTheSameBase() {
        assertThat(last(
                        new Operation.Constant(1, 4096),
                        load(2, 1, 8, 4),
                        new Operation.Constant(1, 4096),
                        load(3, 1, 8, 4)))
                .isEqualTo(Operation.Move.whole(3, 2));
    }
}
