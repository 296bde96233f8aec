package dev.skep.cli.types;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.btf.value.BtfValueReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueJsonTest {
    @Test
    void anArrayOfCharactersIsAnArrayWhateverItHolds() throws IOException {
        Btf types = Btf.of(List.of(new BtfType.Int("char", 1, true, true, false, 0, 8), new BtfType.Array(1, 1, 4)));
        byte[] text = "tcp\0".getBytes(StandardCharsets.US_ASCII);
        assertThat(json(new BtfValueReader(types).read(text, 2))).isEqualTo("[116,99,112,0]");
        assertThat(json(new BtfValueReader(types).read(new byte[] {-1, 0, 1, 2}, 2)))
                .isEqualTo("[-1,0,1,2]");
    }

    private static String json(BtfValue value) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            ValueJson.write(json, value);
        }
        return out.toString();
    }
}
