package dev.skep.object.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.Bytes;
import dev.skep.object.instruction.Disassembler;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.InstructionArbitraries;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.TextStyle;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds between assembler and disassembler for whatever instructions and texts. */
class AssemblerLawsTest {
    @Property(tries = 1500)
    void assemblingTheExactTextOfAnInstructionGivesTheInstruction(@ForAll("encodable") Instruction instruction) {
        assertThat(assemble(Disassembler.text(instruction, TextStyle.EXACT))).containsExactly(instruction);
    }

    @Property(tries = 1500)
    void assemblingAnyTextOfAValidInstructionGivesOneWithTheSameText(
            @ForAll("valid") Instruction instruction, @ForAll TextStyle style) {
        String text = Disassembler.text(instruction, style);
        List<Instruction> assembled = assemble(text);
        assertThat(assembled).hasSize(1);
        assertThat(Disassembler.text(assembled.getFirst(), style)).isEqualTo(text);
        boolean unambiguous = text.equals(Disassembler.text(instruction, TextStyle.EXACT));
        if (unambiguous) {
            assertThat(assembled).containsExactly(instruction);
        }
    }

    @Property(tries = 300)
    void assemblingAListingGivesTheCodeThatWasListed(
            @ForAll("programs") List<Instruction> program, @ForAll TextStyle style) {
        Instructions code = Instructions.of(program);
        ListedSection section = new ListedSection("xdp", Bytes.of(code.encode()), List.of(), List.of());
        String listing = Listing.of("prog.o", List.of(section), new Listing.Options(style, true, false));
        assertThat(Assembler.instructions("listing", listing)).isEqualTo(code);
    }

    @Property(tries = 300)
    void assemblingAnExactListingWithoutBytesGivesTheCodeThatWasListed(@ForAll("programs") List<Instruction> program) {
        Instructions code = Instructions.of(program);
        ListedSection section = new ListedSection("xdp", Bytes.of(code.encode()), List.of(), List.of());
        String listing = Listing.of("prog.o", List.of(section), new Listing.Options(TextStyle.EXACT, false, false));
        assertThat(Assembler.instructions("listing", listing)).isEqualTo(code);
    }

    @Property(tries = 1000)
    void anyTextAssemblesOrIsRefusedWithItsMistakes(@ForAll("texts") String text) {
        try {
            Assembler.instructions("random", text);
        } catch (AssemblyException e) {
            assertThat(e.errors()).isNotEmpty();
            assertThat(e.render()).startsWith("error: ");
        }
        try {
            Assembler.object("random", text);
        } catch (AssemblyException e) {
            assertThat(e.errors()).isNotEmpty().allSatisfy(error -> {
                assertThat(error.line()).isPositive();
                assertThat(error.column()).isPositive();
                assertThat(error.length()).isPositive();
            });
        }
    }

    @Provide
    Arbitrary<Instruction> valid() {
        return InstructionArbitraries.valid();
    }

    @Provide
    Arbitrary<Instruction> encodable() {
        return InstructionArbitraries.encodable();
    }

    @Provide
    Arbitrary<List<Instruction>> programs() {
        // A listing leaves out slots that are all zero, and shows an lddw of a register LLVM has no name for in two
        // halves.
        Instruction zero = Instruction.of(0, 0, 0, 0, 0);
        return InstructionArbitraries.encodable()
                .filter(instruction -> !instruction.equals(zero))
                .filter(instruction -> !instruction.isWide() || instruction.dstReg() <= 11)
                .list()
                .ofMaxSize(20);
    }

    /** Random characters, and lines of the language's own words in random order. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> word = Arbitraries.of(
                "r1",
                "w2",
                "r0",
                "r11",
                "r10",
                "=",
                "+=",
                "s>>=",
                "5",
                "-3",
                "0xffffffffffffffff",
                "99999999999999999999",
                "ll",
                "*(u32 *)",
                "(r1 + 8)",
                "(",
                ")",
                "[",
                "]",
                "skb",
                "if",
                "goto",
                "+1",
                "label",
                "label:",
                "call",
                "bpf_loop",
                "bpf_lop",
                "pc",
                "kfunc",
                "callx",
                "exit",
                "lock",
                "xchg_64(r1 + 8, r2)",
                "atomic_fetch_add(",
                "(u64 *)",
                "XDP_PASS",
                "|",
                ",",
                ".program",
                ".map",
                ".function",
                ".license",
                ".raw",
                ".constant",
                "xdp",
                "hash",
                "key=4",
                "flags=",
                "\"GPL",
                "\"",
                "//",
                "/*",
                "*/",
                "#",
                ";",
                "   3:",
                "95 00 00 00 00 00 00 00",
                "18 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
                "<unknown>",
                "<label+0x8>",
                "...",
                "s<",
                "le16",
                "bswap64",
                "ld_pseudo",
                "addr_space_cast(",
                "(s8)",
                "\t",
                "\n",
                "\n",
                "\n",
                "Disassembly of section xdp:",
                "0000000000000000 <prog>:",
                "\t\t0000000000000000:  R_BPF_64_64\tm",
                "htons(",
                "\u00e9");
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(100),
                word.list().ofMaxSize(30).map(words -> String.join(" ", words)));
    }

    private static List<Instruction> assemble(String text) {
        return Assembler.instructions("test", text).asList();
    }
}
