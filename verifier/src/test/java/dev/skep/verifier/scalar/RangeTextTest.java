package dev.skep.verifier.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Expected texts are those of logs of Linux 6.18. */
class RangeTextTest {
    @Test
    void nothingIsSaidOfAnUnknownNumber() {
        assertThat(RangeText.of(Range.UNKNOWN)).isEmpty();
    }

    @Test
    void boundsOfTheSameValueAreSaidOnce() {
        assertThat(RangeText.of(Range.unsigned(0, 255)))
                .isEqualTo("smin=smin32=0,smax=umax=smax32=umax32=255,var_off=(0x0; 0xff)");
        assertThat(RangeText.of(Range.unsigned(1, 255)))
                .isEqualTo("smin=umin=smin32=umin32=1,smax=umax=smax32=umax32=255,var_off=(0x0; 0xff)");
    }

    @Test
    void boundsThatSayNothingAreLeftOut() {
        assertThat(RangeText.of(Range.signed(-255, 0))).isEqualTo("smin=smin32=-255,smax=smax32=0");
        assertThat(RangeText.of(Range.unsigned(10, -1))).isEqualTo("umin=10");
    }

    @Test
    void largeNumbersAreHexadecimal() {
        assertThat(RangeText.of(Range.UNKNOWN.lower32()))
                .isEqualTo("smin=0,smax=umax=0xffffffff,var_off=(0x0; 0xffffffff)");
        assertThat(RangeText.of(Range.UNKNOWN.signExtend(4))).isEqualTo("smin=0xffffffff80000000,smax=0x7fffffff");
    }

    @Test
    void aConstantIsANumber() {
        assertThat(RangeText.of(Range.of(5))).isEqualTo("5");
        assertThat(RangeText.of(Range.of(-1))).isEqualTo("-1");
        assertThat(RangeText.of(Range.of(0x12345678))).isEqualTo("0x12345678");
    }
}
