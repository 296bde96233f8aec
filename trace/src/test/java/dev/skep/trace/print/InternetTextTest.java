package dev.skep.trace.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InternetTextTest {
    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, ::",
        "20010db8000000000001000000000001, 2001:db8::1:0:0:1",
        "20010db8000100020003000400050006, 2001:db8:1:2:3:4:5:6",
        "fe800000000000000000000000000001, fe80::1",
        "00000000000000000000ffff7f000001, ::ffff:127.0.0.1"
    })
    void theLongestRunOfZerosIsLeftOut(String bytes, String expected) {
        assertThat(InternetText.ofVersion6(HexFormat.of().parseHex(bytes))).isEqualTo(expected);
    }
}
