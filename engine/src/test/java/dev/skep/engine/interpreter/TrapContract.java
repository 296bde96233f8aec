package dev.skep.engine.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.TrapException;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.Errno;
import dev.skep.object.host.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program must not do ends it with an error that says what, where and next to what, from either backend. */
abstract class TrapContract {
    private final EngineOptions options;

    TrapContract(EngineOptions.Backend backend) {
        options = EngineOptions.defaults().withTrustedPrograms(true).withBackend(backend);
    }

    private long runChecked(String code, byte[] memory) {
        return RawPrograms.run(options.withChecked(true), code, memory);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r0 = *(u8 *)(r1 + 16)                => instruction 0: reads 1 byte .* right behind the end of memory \\(16 bytes
            r0 = *(u32 *)(r1 + 14)               => reads 4 bytes .* 2 bytes of them past the end of memory
            r0 = *(u8 *)(r1 + 20)                => 4 bytes past the end of memory
            r0 = *(u8 *)(r1 - 3)                 => 3 bytes before memory
            r0 = *(u8 *)(r10 + 0)                => right behind the end of stack \\(512 bytes
            *(u8 *)(r10 - 513) = 0               => writes 1 byte .* 1 byte before stack
            r0 = 0; r0 = *(u64 *)(r0 + 0)        => reads 8 bytes at 0x0, through a null pointer
            r0 = 0; *(u8 *)(r0 + 40) = 1         => writes 1 byte at 0x28, through a null pointer \\(the member at offset 40\\)
            r0 = 0x100010000 ll; r0 = *(u8 *)(r0 + 0) => no address of the sandbox
            r2 = 1; lock *(u64 *)(r1 + 9) += r2  => 1 byte of them past the end|no multiple of 8
            r2 = 1; lock *(u32 *)(r1 + 2) += r2  => accesses 4 bytes atomically .* no multiple of 4
            r2 = f ll; r0 = *(u64 *)(r2 + 0); exit; f: r0 = 0 => instruction 2: reads 8 bytes
            """)
    void checkedModeSaysWhatWasTouched(String code, String message) {
        assertThatThrownBy(() -> runChecked(code + "; exit", new byte[16]))
                .isInstanceOf(TrapException.class)
                .satisfies(e -> assertThat(e.getMessage()).containsPattern(message))
                .satisfies(e -> assertThat(((TrapException) e).errno()).isEqualTo(Errno.EFAULT));
    }

    @Test
    void aReturnedFunctionsFrameIsNoLongerAccessible() {
        assertThatThrownBy(() ->
                        runChecked("call f; r0 = *(u64 *)(r0 + 0); exit; f: r0 = r10; r0 += -8; exit", new byte[0]))
                .isInstanceOf(TrapException.class)
                .hasMessageContaining("reads 8 bytes");
    }

    @Test
    void aCallersFrameIsAccessibleFromACall() {
        String code = "r1 = r10; r1 += -8; call f; r0 = *(u64 *)(r10 - 8); exit; f: *(u64 *)(r1 + 0) = 7; r0 = 0; exit";
        assertThat(runChecked(code, new byte[0])).isEqualTo(7);
    }

    @Test
    void fastModeCannotLeaveTheSandbox() {
        String code = "r1 = 0xffffffffffffffff ll; r0 = *(u64 *)(r1 + 0); r1 = 0x7fffffffffffffff ll; "
                + "*(u64 *)(r1 + 0x7fff) = 1; r0 = 3; exit";
        assertThat(RawPrograms.run(options, code, new byte[0])).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            l: goto l                               => instruction 0: ran 1000 instructions without ending
            l: r0 += 1; if r0 > 0 goto l; exit      => instruction 1: ran 1000 instructions without ending
            f: call f; exit                         => calls nest deeper than 8 functions
            r1 = 5; callx r1; r1 = 70000; callx r1; exit => calls 0x11170, which is no function
            """)
    void endlessProgramsEnd(String code, String message) {
        assertThatThrownBy(() -> RawPrograms.run(options.withInstructionBudget(1000), code, new byte[0]))
                .isInstanceOf(TrapException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aTrapNamesTheSourceLine() {
        String source = """
                .program broken xdp
                        r0 = 0
                        r0 = *(u32 *)(r0 + 4)
                        exit
                """;
        try (EngineHost host = EngineHost.open(options.withChecked(true));
                EngineObject object = host.load(Assembler.object("broken.s", source))) {
            assertThatThrownBy(() -> object.program("broken").orElseThrow().run(Program.Input.packet(new byte[14])))
                    .isInstanceOf(TrapException.class)
                    .hasMessageContaining("broken: instruction 1 (broken.s:3")
                    .hasMessageContaining("reads 4 bytes at 0x4");
        }
    }

    @Test
    void aProgramsNextRunIsNotHarmedByATrap() {
        try (EngineHost host = EngineHost.open(options.withChecked(true))) {
            var program = host.loadRaw("test", Assembler.instructions("test", """
                    r2 = *(u8 *)(r1 + 0)
                    if r2 == 0 goto fine
                    call f
                    exit
                    fine: r0 = 1
                    exit
                    f: r0 = *(u8 *)(r10 + 0)
                    exit
                    """));
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> program.run(Program.Input.packet(new byte[] {1})))
                        .isInstanceOf(TrapException.class)
                        .hasMessageContaining("stack of call 1");
                assertThat(program.run(Program.Input.packet(new byte[] {0})).returnValue())
                        .isEqualTo(1);
            }
        }
    }
}
