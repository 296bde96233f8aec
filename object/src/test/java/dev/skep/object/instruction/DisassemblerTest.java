package dev.skep.object.instruction;

import static dev.skep.object.instruction.Opcode.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.Location;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisassemblerTest {
    /** A line of disassembly.txt: an instruction and what llvm-objdump prints for it. */
    private record Golden(Instruction instruction, String llvm19, String llvm19v3, String llvm22) {

        static Golden parse(String line) {
            String[] columns = line.split(" ;; ");
            byte[] code = HexFormat.of().parseHex(columns[0]);
            String v3 = columns[2].equals("=") ? columns[1] : columns[2];
            String next = columns[3].equals("=") ? v3 : columns[3];
            return new Golden(
                    Instructions.decode(code, 0, code.length, Location.in("disassembly.txt"))
                            .at(0),
                    columns[1],
                    v3,
                    next);
        }
    }

    @Test
    void writesWhatLlvm19WritesButForTheDocumentedExceptions() {
        assertThat(golden()).hasSizeGreaterThan(3000);
        assertThat(golden()).allSatisfy(line -> {
            String expected = isOrdered(line.instruction)
                    ? line.llvm22
                    : isNarrowReadModifyWrite(line.instruction) ? line.llvm19v3 : line.llvm19;
            assertThat(Disassembler.text(line.instruction, TextStyle.LLVM)).isEqualTo(expected);
        });
    }

    @Test
    void writesWhatLlvm19WritesForCpuV3ButForTheDocumentedExceptions() {
        assertThat(golden())
                .allSatisfy(line -> assertThat(Disassembler.text(line.instruction, TextStyle.LLVM_ALU32))
                        .isEqualTo(isOrdered(line.instruction) ? line.llvm22 : line.llvm19v3));
    }

    @Test
    void knowsATextForEveryValidInstructionAsLlvm22Does() {
        assertThat(golden())
                .filteredOn(line -> InstructionSet.isValid(line.instruction))
                .allSatisfy(line -> assertThat(line.llvm22).isNotEqualTo(Disassembler.UNKNOWN))
                .allSatisfy(line -> assertThat(Disassembler.text(line.instruction, TextStyle.LLVM_ALU32))
                        .isEqualTo(line.llvm22));
    }

    @Test
    void goldenTextsCoverEveryForm() {
        assertThat(golden().stream()
                        .flatMap(line -> InstructionSet.form(line.instruction).stream())
                        .collect(Collectors.toSet()))
                .containsAll(InstructionSet.forms());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            8500000005000000                 | call 0x5
            85100000ffffffff                 | call pc-0x1
            8520000005000000                 | call kfunc 0x5
            8520020005000000                 | call kfunc 0x5, 0x2
            5020000005000000                 | r0 = *(u8 *)skb[r2 + 0x5]
            50200000fbffffff                 | r0 = *(u8 *)skb[r2 - 0x5]
            5020000000000000                 | r0 = *(u8 *)skb[r2]
            95210300ffffffff                 | .raw 95 21 03 00 ff ff ff ff
            b7010000ffffffff                 | r1 = -0x1
            """)
    void exactTextShowsWhatLlvmLeavesOut(String hex, String text) {
        assertThat(Disassembler.text(decode(hex), TextStyle.EXACT)).isEqualTo(text);
    }

    @Test
    void exactTextShowsTheUpperHalfOfAPseudoLoad() {
        Instruction value = Instruction.lddw(1, BPF_PSEUDO_MAP_VALUE, 0x10_0000_0005L);
        assertThat(Disassembler.text(value, TextStyle.EXACT)).isEqualTo("ld_pseudo\tr1, 0x2, 0x5, 0x10");
        assertThat(Disassembler.text(value)).isEqualTo("ld_pseudo\tr1, 0x2, 0x5");
        assertThat(Disassembler.text(Instruction.lddw(1, 9, 1), TextStyle.EXACT))
                .isEqualTo(".raw 18 91 00 00 01 00 00 00 00 00 00 00 00 00 00 00");
    }

    private static boolean isOrdered(Instruction i) {
        return i.instructionClass() == BPF_STX
                && (i.opcode() & 0xe0) == BPF_ATOMIC
                && (i.imm() == BPF_LOAD_ACQ || i.imm() == BPF_STORE_REL);
    }

    private static boolean isNarrowReadModifyWrite(Instruction i) {
        return i.opcode() == 0xc3
                && List.of(0x01, 0x40, 0x41, 0x50, 0x51, 0xa0, 0xa1, 0xe1, 0xf1).contains(i.imm());
    }

    private static Instruction decode(String hex) {
        byte[] code = HexFormat.of().parseHex(hex);
        return Instructions.decode(code, 0, code.length, Location.in("test")).at(0);
    }

    private static List<Golden> golden() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(DisassemblerTest.class.getResourceAsStream("disassembly.txt")),
                StandardCharsets.US_ASCII))) {
            Stream<String> lines = reader.lines();
            return lines.map(Golden::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
