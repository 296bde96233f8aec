package dev.skep.cli.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PerCpuValuesTest {
    private static BtfValue counter(long packets, BtfValue label) {
        return new BtfValue.Struct(List.of(
                new BtfValue.Field("packets", BtfValue.Whole.of(packets)),
                new BtfValue.Field("sizes", BtfValue.Sequence.of(List.of(BtfValue.Whole.of(1), BtfValue.Whole.of(2)))),
                new BtfValue.Field("label", label)));
    }

    @Test
    void eachCpusValueStartsAtAMultipleOfEight() {
        MapSpec map = MapSpec.of("m", MapType.PERCPU_ARRAY, 4, 5, 1);
        byte[] all = {1, 2, 3, 4, 5, 0, 0, 0, 6, 7, 8, 9, 10, 0, 0, 0};
        assertThat(PerCpuValues.split(all, map))
                .containsExactly(new byte[] {1, 2, 3, 4, 5}, new byte[] {6, 7, 8, 9, 10});
    }

    @Test
    void numbersAreAddedPartByPart() {
        BtfValue same = new BtfValue.Choice(BigInteger.ONE, Optional.of("RED"));
        assertThat(PerCpuValues.sum(List.of(counter(1, same), counter(10, same), counter(100, same))))
                .contains(new BtfValue.Struct(List.of(
                        new BtfValue.Field("packets", BtfValue.Whole.of(111)),
                        new BtfValue.Field(
                                "sizes", BtfValue.Sequence.of(List.of(BtfValue.Whole.of(3), BtfValue.Whole.of(6)))),
                        new BtfValue.Field("label", same))));
    }

    @Test
    void sumsDoNotOverflow() {
        BtfValue largest = new BtfValue.Whole(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE));
        assertThat(PerCpuValues.sum(List.of(largest, largest)))
                .contains(new BtfValue.Whole(BigInteger.ONE.shiftLeft(65).subtract(BigInteger.TWO)));
    }

    @Test
    void whatIsNoNumberMustBeTheSameEverywhere() {
        BtfValue red = new BtfValue.Choice(BigInteger.ONE, Optional.of("RED"));
        BtfValue blue = new BtfValue.Choice(BigInteger.TWO, Optional.of("BLUE"));
        assertThat(PerCpuValues.sum(List.of(red, blue))).isEmpty();
        assertThat(PerCpuValues.sum(List.of(counter(1, red), counter(1, blue)))).isEmpty();
        assertThat(PerCpuValues.sum(List.of())).isEmpty();
    }
}
