package dev.skep.engine.interpreter;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.instruction.Instructions;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that cannot be run are refused when they are loaded. Code is given as bytes, since the assembler would refuse it. */
class ProgramCheckTest {
    private static final String EXIT = "9500000000000000";

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            ff00000000000000                 => instruction 0: unknown opcode 0xff
            b70b000000000000                 => names r11
            0700000000000100 b700010000000000 => offset is reserved|opcode 0xb7 does not exist with offset
            b70a000001000000                 => writes r10, the frame pointer
            db1a0000f1000000                 => ok
            0500050000000000                 => jumps to instruction 6, outside the program of 2
            0500feff00000000                 => jumps to instruction -1, outside
            0500010000000000 1800000001000000 0000000000000000 => jumps to instruction 2, the second half of an lddw
            8510000063000000                 => jumps to instruction 100, outside
            85000000ffff0000                 => calls helper 65535, which does not exist
            8500000043000000                 => calls bpf_get_stack .67., which the engine does not have
            850000002c000000                 => calls bpf_xdp_adjust_head, which programs of type UNSPEC cannot call
            8520000001000000                 => calls a kernel function by BTF id 1
            1811000001000000 0000000000000000 => refers to something .source 1. that nobody filled in
            """)
    void refusesWhatItCannotRun(String hex, String message) {
        if (message.equals("ok")) {
            load(hex + EXIT);
        } else {
            assertThatThrownBy(() -> load(hex + EXIT))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("test: instruction")
                    .satisfies(e -> org.assertj.core.api.Assertions.assertThat(e.getMessage())
                            .containsPattern(message));
        }
    }

    @ParameterizedTest
    @CsvSource({"b700000000000000", "8500000005000000", "1501ffff00000000", "85100000ffffffff"})
    void refusesToRunOffTheEnd(String hex) {
        assertThatThrownBy(() -> load(hex))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("runs off the end of the program");
    }

    @ParameterizedTest
    @CsvSource({"''"})
    void refusesAnEmptyProgram(String hex) {
        assertThatThrownBy(() -> load(hex)).isInstanceOf(InputException.class).hasMessageContaining("no instructions");
    }

    private static void load(String hex) {
        byte[] code = HexFormat.of().parseHex(hex.replace(" ", ""));
        try (EngineHost host = EngineHost.open(EngineOptions.defaults().withChecked(true))) {
            host.loadRaw("test", Instructions.decode(code, 0, code.length, Location.in("test")));
        }
    }
}
