package dev.skep.compiler.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.KernelVersion;
import dev.skep.object.instruction.CpuVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({"4.9, V1", "4.14, V2", "5.0, V2", "5.1, V3", "6.1, V3", "6.5, V3", "6.6, V4", "6.18, V4"})
    void aKernelsTargetHasTheInstructionsThatItKnows(String kernel, CpuVersion instructions) {
        assertThat(Target.of(KernelVersion.of(kernel)).instructionSet()).isEqualTo(instructions);
    }
}
