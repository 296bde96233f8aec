package dev.skep.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.InputException;
import java.io.ByteArrayInputStream;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureFormatTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the file is empty; a pcap or pcapng file is needed",
                "0a | starts with the bytes 0a; a pcap or pcapng file is needed",
                "7b22706163 | starts with the bytes 7b22706163; a pcap",
                "1f8b0800000000000003 | this is gzip-compressed, not a capture; unpack it first: gunzip -c FILE",
                "28b52ffd0458 | this is zstd-compressed, not a capture; unpack it first",
                "fd377a585a000004 | this is xz-compressed, not a capture",
                "7f454c460201010000 | this is an ELF object, not a capture; the object comes first",
                "736e6f6f7000000000000002 | snoop capture",
                "a1b2cd3400020004 | 'modified' pcap",
                "34cdb2a102000400 | 'modified' pcap"
            })
    void whatIsNoCaptureIsNamed(String hex, String message) {
        byte[] content = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> CaptureReader.open(new ByteArrayInputStream(content), "in"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("in: offset 0x0: ")
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
