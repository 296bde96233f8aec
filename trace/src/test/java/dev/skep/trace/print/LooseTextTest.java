package dev.skep.trace.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LooseTextTest {
    @Property
    void bytesComeOutAsTheyWentIn(@ForAll byte[] bytes) {
        assertThat(LooseText.encode(LooseText.decode(bytes))).isEqualTo(bytes);
    }

    @Property
    void whatIsTextStaysText(@ForAll String text) {
        boolean wellFormed = StandardCharsets.UTF_8.newEncoder().canEncode(text);
        if (wellFormed) {
            assertThat(LooseText.decode(LooseText.encode(text))).isEqualTo(text);
        }
    }
}
