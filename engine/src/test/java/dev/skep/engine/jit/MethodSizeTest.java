package dev.skep.engine.jit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.EngineProgram;
import dev.skep.engine.LoadedCode;
import dev.skep.object.assembly.Assembler;
import dev.skep.object.host.Program;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of any size are translated, into methods that HotSpot compiles: none has 8,000 bytes of bytecode or more. */
class MethodSizeTest {
    private static final EngineOptions TRUSTED = EngineOptions.defaults().withTrustedPrograms(true);
    private static final int MEMORY = 64;

    /** The lengths of the methods a program becomes. */
    private static List<Integer> methodSizes(EngineHost host, EngineProgram program) {
        LoadedCode loaded = LoadedCode.of(host, program);
        List<Integer> sizes = new ArrayList<>();
        CodeSize planned = new CodeSize(CodeSize.PLANNED, host.options().checked());
        Translator.translate(
                loaded.code().image(),
                loaded.targets(),
                loaded.maps(),
                planned,
                classFile -> ClassFile.of()
                        .parse(classFile)
                        .methods()
                        .forEach(method -> sizes.add(method.findAttribute(Attributes.code())
                                .map(CodeAttribute::codeLength)
                                .orElse(0))));
        return sizes;
    }

    /** Arithmetic, stores, loads and branches over memory in r1, and with each a number added to r0. */
    private static Instructions straight(int length) {
        List<Instruction> code = new ArrayList<>(length);
        code.add(Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_K, 0, 0, 0, 0));
        while (code.size() < length - 1) {
            int at = code.size() * 8 % MEMORY;
            switch (code.size() % 5) {
                case 0 -> code.add(Instruction.of(Opcode.BPF_STX | Opcode.BPF_MEM | Opcode.BPF_DW, 1, 0, at, 0));
                case 1 -> code.add(Instruction.of(Opcode.BPF_LDX | Opcode.BPF_MEM | Opcode.BPF_W, 3, 1, at, 0));
                case 2 -> code.add(Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_XOR | Opcode.BPF_X, 0, 3, 0, 0));
                case 3 -> code.add(Instruction.of(Opcode.BPF_JMP | Opcode.BPF_JEQ | Opcode.BPF_K, 3, 0, 0, 7));
                default -> code.add(Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_ADD | Opcode.BPF_K, 0, 0, 0, at + 1));
            }
        }
        code.add(Instruction.of(Opcode.EXIT, 0, 0, 0, 0));
        return Instructions.of(code);
    }

    private static long run(EngineOptions options, Instructions code) {
        try (EngineHost host = EngineHost.open(options)) {
            return host.loadRaw("large", code)
                    .run(Program.Input.packet(new byte[MEMORY]))
                    .returnValue();
        }
    }

    @ParameterizedTest
    @CsvSource({"10000, false", "10000, true", "100000, false", "1000000, false"})
    void largeProgramsRun(int instructions, boolean checked) {
        EngineOptions options = TRUSTED.withChecked(checked);
        Instructions code = straight(instructions);
        long wanted = run(options.withBackend(EngineOptions.Backend.INTERPRETER), code);
        assertThat(run(options, code)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noMethodOfALargeProgramIsTooLargeToBeCompiled(boolean checked) {
        EngineOptions options = TRUSTED.withChecked(checked);
        try (EngineHost host = EngineHost.open(options)) {
            List<Integer> sizes = methodSizes(host, host.loadRaw("large", straight(20_000)));
            assertThat(sizes).hasSizeGreaterThan(20).allMatch(size -> size < CodeSize.HUGE_METHOD);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noMethodOfARandomProgramIsTooLargeToBeCompiled(boolean checked) {
        for (long seed = 0; seed < 40; seed++) {
            try (EngineHost host = EngineHost.open(TRUSTED.withChecked(checked));
                    var object = host.load(Assembler.object("random.s", RandomSource.of(seed, checked)))) {
                for (EngineProgram program : object.programs()) {
                    assertThat(methodSizes(host, program)).allMatch(size -> size < CodeSize.HUGE_METHOD);
                }
            }
        }
    }

    /** A loop that is too large for one method goes round through several. */
    @Test
    void aLoopThroughManyMethodsGoesRound() {
        StringBuilder text = new StringBuilder("r6 = 0\nr0 = 0\nround:\n");
        for (int i = 0; i < 3000; i++) {
            text.append("r0 += ").append(i % 7).append('\n');
            text.append("*(u64 *)(r10 - 8) = r0\nr0 = *(u64 *)(r10 - 8)\n");
        }
        text.append("r6 += 1\nif r6 < 50 goto round\nexit\n");
        try (EngineHost host = EngineHost.open(TRUSTED)) {
            EngineProgram program = host.loadRaw("round", Assembler.instructions("round", text.toString()));
            long each = 0;
            for (int i = 0; i < 3000; i++) {
                each += i % 7;
            }
            assertThat(program.run(Program.Input.packet(new byte[1])).returnValue())
                    .isEqualTo(50 * each);
            assertThat(methodSizes(host, program)).allMatch(size -> size < CodeSize.HUGE_METHOD);
        }
    }
}
