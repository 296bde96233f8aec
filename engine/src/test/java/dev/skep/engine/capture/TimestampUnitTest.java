package dev.skep.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TimestampUnitTest {
    private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000);

    @Property
    void ticksBecomeNanosecondsAsExactArithmeticSays(
            @ForAll long ticks,
            @ForAll @IntRange(max = 255) int octet,
            @ForAll @IntRange(max = 2_000_000_000) int offset) {
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(ticks));
        int exponent = octet & 0x7f;
        BigInteger unit = (octet & 0x80) != 0 ? BigInteger.TWO.pow(exponent) : BigInteger.TEN.pow(exponent);
        BigInteger expected = unsigned.multiply(NANOS).divide(unit).add(NANOS.multiply(BigInteger.valueOf(offset)));

        long nanos =
                TimestampUnit.MICROS.withResolution(octet).withOffset(offset).nanos(ticks);

        assertThat(nanos).isEqualTo(expected.longValue());
    }
}
