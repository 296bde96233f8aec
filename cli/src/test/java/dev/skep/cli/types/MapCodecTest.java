package dev.skep.cli.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import org.junit.jupiter.api.Test;

/** Maps without types, as objects compiled without {@code -g} and legacy {@code maps} sections have them. */
class MapCodecTest {
    private static final Location WHERE = Location.in("m.json");
    private final MapCodec hash = new MapCodec(Btf.EMPTY, MapSpec.of("m", MapType.HASH, 4, 2, 8));

    private static BtfValue json(String text) throws JsonProcessingException {
        return JsonValues.of(new JsonMapper().readTree(text), WHERE);
    }

    @Test
    void bytesAreHexadecimalDigitsBothWays() throws Exception {
        byte[] key = {1, 2, (byte) 0xfe, 4};
        assertThat(hash.key(key)).isEqualTo(new BtfValue.Opaque(Bytes.of(key)));
        assertThat(hash.keyBytes(json("\"0102fe04\""), WHERE)).isEqualTo(key);
        assertThat(hash.keyBytes(json("\"01 02 fe 04\""), WHERE)).isEqualTo(key);
        assertThat(hash.keyBytes(json("[1, 2, 254, 4]"), WHERE)).isEqualTo(key);
    }

    @Test
    void aNumberIsLittleEndian() throws Exception {
        assertThat(hash.valueBytes(json("258"), WHERE)).containsExactly(2, 1);
    }

    @Test
    void anArraysIndexIsANumber() {
        MapCodec array = new MapCodec(Btf.EMPTY, MapSpec.of("m", MapType.ARRAY, 4, 8, 8));
        assertThat(array.key(new byte[] {7, 1, 0, 0})).isEqualTo(BtfValue.Whole.of(263));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> hash.keyBytes(json("\"0102\""), WHERE))
                .isInstanceOf(InputException.class)
                .hasMessage("m.json: a key of map 'm' has 2 bytes, not 4");
        assertThatThrownBy(() -> hash.valueBytes(json("65536"), WHERE)).hasMessageContaining("does not fit 2 bytes");
        assertThatThrownBy(() -> hash.valueBytes(json("\"zz\""), WHERE)).hasMessageContaining("hexadecimal digits");
        assertThatThrownBy(() -> hash.valueBytes(json("{}"), WHERE)).hasMessageContaining("no type for the value");
        assertThatThrownBy(() -> hash.valueBytes(json("null"), WHERE)).hasMessageContaining("a value is null");
    }
}
