package dev.skep.object.instruction;

import static dev.skep.object.instruction.Opcode.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.KernelVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionSetTest {
    @Test
    void holdsEveryOpcodeOfTheRfcAndTheExtensionsAndNoOther() {
        Set<Integer> expected = new HashSet<>(List.of(
                LDDW, 0x20, 0x28, 0x30, 0x40, 0x48, 0x50, 0x61, 0x69, 0x71, 0x79, 0x81, 0x89, 0x91, 0x62, 0x6a, 0x72,
                0x7a, 0x63, 0x6b, 0x73, 0x7b, 0xc3, 0xdb, 0xcb, 0xd3, JA, GOTOL, MAY_GOTO, CALL, CALLX, EXIT, 0xd4,
                0xdc, 0xd7, 0x84, 0x87));
        for (int code = 0; code <= 0xc0; code += 0x10) {
            if (code != BPF_NEG) {
                expected.addAll(List.of(code | 0x04, code | 0x0c, code | 0x07, code | 0x0f));
            }
        }
        for (int code = BPF_JEQ; code <= BPF_JSLE; code += 0x10) {
            if (code != BPF_CALL && code != BPF_EXIT) {
                expected.addAll(List.of(code | 0x05, code | 0x0d, code | 0x06, code | 0x0e));
            }
        }
        assertThat(InstructionSet.forms().stream().map(InstructionForm::opcode).collect(Collectors.toSet()))
                .isEqualTo(expected);
    }

    @Test
    void countsItsForms() {
        // 2 classes of 26 arithmetic operations with K and X (11 and MOV, SDIV, SMOD), NEG, MOVSX 2 + 3, 9 byte swaps,
        // 2 casts;
        // 44 conditional jumps, 4 others, 4 calls; 15 memory forms, 20 + 8 atomics, 6 packet loads, 7 lddw.
        assertThat(InstructionSet.forms()).hasSize(2 * 28 + 2 + 5 + 9 + 2 + 44 + 4 + 4 + 15 + 28 + 6 + 7);
        assertThat(InstructionSet.forms().stream().map(InstructionForm::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0xff, 0, 0, 0, 0      | unknown opcode 0xff
            0x0f, 1, 2, 0, 5      | imm is reserved in {ADD, X, ALU64} and must be 0, but is 5
            0x07, 1, 2, 0, 5      | src_reg is reserved in {ADD, K, ALU64} and must be 0, but is 2
            0x07, 11, 0, 0, 5     | dst_reg names r11, but a program has r0 to r10
            0x61, 1, 12, 0, 0     | src_reg names r12, but a program has r0 to r10
            0x37, 1, 0, 2, 5      | opcode 0x37 does not exist with offset = 2; known are 0 (unsigned), 1 (signed)
            0x87, 1, 0, 0, 1      | imm is reserved in {NEG, K, ALU64} and must be 0, but is 1
            0xd7, 1, 0, 0, 8      | opcode 0xd7 does not exist with imm = 8; known are 16 (16 bits), 32 (32 bits), 64 (64 bits)
            0xbc, 1, 2, 32, 0     | opcode 0xbc does not exist with offset = 32; known are 0 (plain move), 8 (sign-extend 8 bits), 16 (sign-extend 16 bits)
            0xbf, 1, 2, 8, 1      | imm is reserved in {MOVSX, X, ALU64} 8 bits and must be 0, but is 1
            0x85, 0, 3, 0, 1      | opcode 0x85 does not exist with src_reg = 3; known are 0 (helper function), 1 (program-local function), 2 (kernel function)
            0x85, 0, 1, 1, 1      | offset is reserved in {CALL, K, JMP} program-local and must be 0, but is 1
            0x95, 0, 0, 1, 0      | offset is reserved in {EXIT, K, JMP} and must be 0, but is 1
            0x05, 1, 0, 1, 0      | dst_reg is reserved in {JA, K, JMP} and must be 0, but is 1
            0xe5, 0, 1, 1, 0      | opcode 0xe5 does not exist with src_reg = 1; known are 0 (may_goto)
            0x62, 1, 1, 1, 0      | src_reg is reserved in {MEM, W, ST} and must be 0, but is 1
            0x20, 1, 0, 0, 4      | dst_reg is reserved in {ABS, W, LD} and must be 0, but is 1
            """)
    void saysWhatIsWrong(String fields, String problem) {
        int[] f =
                List.of(fields.split(", *")).stream().mapToInt(Integer::decode).toArray();
        Instruction instruction = Instruction.of(f[0], f[1], f[2], f[3], f[4]);
        assertThat(InstructionSet.check(instruction)).contains(problem);
        assertThat(InstructionSet.isValid(instruction)).isFalse();
    }

    @Test
    void knowsAtomicOperationsBySize() {
        assertThat(InstructionSet.isValid(Instruction.of(0xdb, 1, 2, 8, BPF_CMPXCHG)))
                .isTrue();
        assertThat(InstructionSet.isValid(Instruction.of(0xd3, 1, 2, 8, BPF_CMPXCHG)))
                .isFalse();
        assertThat(InstructionSet.isValid(Instruction.of(0xd3, 1, 2, 8, BPF_LOAD_ACQ)))
                .isTrue();
        assertThat(InstructionSet.isValid(Instruction.of(0xdb, 1, 2, 8, 0xe0))).isFalse();
    }

    @Test
    void upperHalfOfAMapReferenceIsReservedUnlessItIsAnOffsetInTheValue() {
        assertThat(InstructionSet.check(Instruction.lddw(1, BPF_PSEUDO_MAP_FD, 1L << 32 | 5)))
                .contains("next_imm is reserved in {IMM, DW, LD} map by file descriptor and must be 0, but is 1");
        assertThat(InstructionSet.check(Instruction.lddw(1, BPF_PSEUDO_MAP_VALUE, 1L << 32 | 5)))
                .isEmpty();
        assertThat(InstructionSet.isValid(Instruction.lddw(1, 7, 5))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0x0f, 0, 0, BASE64, V1, 3.18", "0x0c, 0, 0, BASE32, V3, 3.18", "0x2f, 0, 0, DIVMUL64, V1, 3.18",
        "0x3c, 1, 0, DIVMUL32, V4, 6.6", "0xd4, 0, 64, BASE64, V1, 3.18", "0xd4, 0, 16, BASE32, V1, 3.18",
        "0x05, 0, 0, BASE32, V1, 3.18", "0x06, 0, 0, BASE32, V4, 6.6", "0xa5, 0, 0, BASE64, V2, 4.14",
        "0x16, 0, 0, BASE32, V3, 5.1", "0xc3, 0, 0, ATOMIC32, V1, 3.18", "0xdb, 0, 0x41, ATOMIC64, V3, 5.12",
        "0xdb, 0, 0x100, EXTENSION, V4, 6.15", "0xe5, 0, 0, EXTENSION, V1, 6.9", "0xbf, 1, 1, EXTENSION, V3, 6.9",
        "0x30, 0, 0, PACKET, V1, 3.18", "0x79, 0, 0, BASE64, V1, 3.18", "0x91, 0, 0, BASE32, V4, 6.6"
    })
    void knowsWhoHasAnInstruction(
            String opcode, int offset, String imm, ConformanceGroup group, CpuVersion cpu, String since) {
        InstructionForm form = InstructionSet.form(
                        Instruction.of(Integer.decode(opcode), 0, 0, offset, Integer.decode(imm)))
                .orElseThrow();
        assertThat(form.group()).isEqualTo(group);
        assertThat(form.cpu()).isEqualTo(cpu);
        assertThat(form.since()).contains(KernelVersion.of(since));
    }

    @Property
    void everyInstanceOfAFormIsValidAndFindsItsForm(@ForAll("valid") Instruction instruction) {
        assertThat(InstructionSet.check(instruction)).isEmpty();
        assertThat(InstructionSet.form(instruction))
                .hasValueSatisfying(
                        form -> assertThat(form.matches(instruction)).isTrue());
    }

    @Property
    void checkAndFormAgree(@ForAll("encodable") Instruction instruction) {
        assertThat(InstructionSet.check(instruction).isEmpty()).isEqualTo(InstructionSet.isValid(instruction));
    }

    @Property
    void atMostOneFormMatches(@ForAll("encodable") Instruction instruction) {
        assertThat(InstructionSet.forms().stream()
                        .filter(form -> form.matches(instruction))
                        .count())
                .isLessThanOrEqualTo(1);
    }

    @Provide
    Arbitrary<Instruction> valid() {
        return InstructionArbitraries.valid();
    }

    @Provide
    Arbitrary<Instruction> encodable() {
        return InstructionArbitraries.encodable();
    }
}
