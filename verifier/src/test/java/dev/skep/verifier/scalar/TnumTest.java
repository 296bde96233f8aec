package dev.skep.verifier.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TnumTest {
    @Test
    void aBitIsNotBothKnownAndUnknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Tnum(3, 2))
                .withMessageContaining("value 0x3 and mask 0x2 share bits");
    }

    @Test
    void anIntervalIsKnownInItsLeadingBits() {
        assertThat(Tnum.ofRange(0, 255)).isEqualTo(new Tnum(0, 0xff));
        assertThat(Tnum.ofRange(0x1234, 0x1237)).isEqualTo(new Tnum(0x1234, 3));
        assertThat(Tnum.ofRange(7, 8)).isEqualTo(new Tnum(0, 15));
        assertThat(Tnum.ofRange(5, 5)).isEqualTo(Tnum.of(5));
        assertThat(Tnum.ofRange(0, -1)).isEqualTo(Tnum.UNKNOWN);
        assertThat(Tnum.ofRange(Long.MAX_VALUE, Long.MIN_VALUE)).isEqualTo(Tnum.UNKNOWN);
    }

    @Test
    void aMultipleOfAKnownPowerOfTwoIsAligned() {
        Tnum anything = Tnum.UNKNOWN;
        assertThat(anything.shiftLeft(3).isAligned(8)).isTrue();
        assertThat(anything.shiftLeft(2).isAligned(8)).isFalse();
        assertThat(anything.shiftLeft(3).add(Tnum.of(4)).isAligned(4)).isTrue();
        assertThat(anything.shiftLeft(3).add(Tnum.of(4)).isAligned(8)).isFalse();
        assertThat(anything.isAligned(0)).isTrue();
    }

    @Test
    void aSumKeepsTheBitsThatNoCarryReaches() {
        assertThat(new Tnum(0, 0xff).add(Tnum.of(0x1000))).isEqualTo(new Tnum(0x1000, 0xff));
        assertThat(new Tnum(0, 0xff).add(Tnum.of(1))).isEqualTo(new Tnum(0, 0x1ff));
    }

    @Test
    void aProductWithAnUnknownBitIsOneOfTwoNumbers() {
        assertThat(new Tnum(0, 4).multiply(Tnum.of(3))).isEqualTo(new Tnum(0, 12));
        assertThat(Tnum.UNKNOWN.multiply(Tnum.of(8))).isEqualTo(new Tnum(0, -8));
        assertThat(Tnum.of(-3).multiply(Tnum.of(7))).isEqualTo(Tnum.of(-21));
    }

    @Test
    void disagreeingTnumsHaveNoCommonNumber() {
        assertThat(new Tnum(1, 2).overlaps(new Tnum(0, 2))).isFalse();
        assertThat(new Tnum(1, 2).intersect(new Tnum(0, 2))).isEqualTo(new Tnum(1, 2));
    }

    @Test
    void bytesAreSwappedInWidthsOfInstructionsOnly() {
        assertThat(new Tnum(0x1200, 0xff).byteSwap(16)).isEqualTo(new Tnum(0x12, 0xff00));
        assertThatIllegalArgumentException().isThrownBy(() -> Tnum.UNKNOWN.byteSwap(8));
    }

    @Test
    void isWrittenAsInTheKernelsLog() {
        assertThat(new Tnum(0, 0xff)).hasToString("(0x0; 0xff)");
        assertThat(Tnum.of(12)).hasToString("12");
        assertThat(Tnum.of(-1)).hasToString("0xffffffffffffffff");
    }
}
