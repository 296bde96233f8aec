package dev.skep.linux.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeabilityTest {
    private static Probeability of(String code) {
        return Probeability.of(HexFormat.of().parseHex(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "62e27d287ace", // vpbroadcastb %esi,%ymm17: jp
                "c4e27d78c0", // vpbroadcastb %xmm0,%ymm0: js
                "c5f170d9e4", // vpshufd: jo
                "c5f1ebc2", // vpor: jmp
                "c5f1e9c2", // vpsubsw: jmp
                "c5f0c2c200", // vcmpps: ret
                "c4e2719dc2" // vfnmadd132ss: popf
            })
    void vectorInstructionsWhoseOpcodeIsThatOfAJumpAreMistaken(String code) {
        assertThat(of(code)).isEqualTo(Probeability.MISTAKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c5f96ec6", // vmovd %esi,%xmm0: outsb
                "c44101efff", // vpxor: out
                "f00fbaaf0803000000" // lock btsl
            })
    void thoseThatTheKernelTakesForInputAndOutputAreRefused(String code) {
        assertThat(of(code)).isEqualTo(Probeability.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c5f058c2", // vaddps
                "55", // push %rbp
                "eb10", // jmp
                "7a10", // jp
                "660f70c900", // pshufd, which has no such prefix
                "c4", // the end of the file
                ""
            })
    void othersAreFine(String code) {
        assertThat(of(code)).isEqualTo(Probeability.FINE);
    }

    @Test
    void onlyTheOpcodeCountsNotWhatComesAfterIt() {
        assertThat(of("c5f05870")).isEqualTo(Probeability.FINE);
    }
}
