package dev.skep.object.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.instruction.Disassembler;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.instruction.TextStyle;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code alone: what people write by hand beyond what the disassembler writes. */
class AssemblerTest {
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            r1 = 5                                => r1 = 0x5
            r1=-5                                 => r1 = -0x5
            w1 = 0xffffffff                       => w1 = -0x1
            r1 = XDP_PASS                         => r1 = 0x2
            r1 = BPF_F_CURRENT_CPU ll             => r1 = 0xffffffff ll
            r1 = 18446744073709551615 ll          => r1 = -0x1 ll
            r1 = BPF_F_RDONLY | BPF_F_RDONLY_PROG => r1 = 0x88
            r1 = ETH_HLEN + 20 - 2                => r1 = 0x20
            r1 = -(3 + 4)                         => r1 = -0x7
            if r1 == htons(ETH_P_IP) goto +2      => if r1 == 0x8 goto +0x2
            r1 = htonl(0x7f000001)                => r1 = 0x100007f
            r1 |= r2                              => r1 |= r2
            w1 s>>= 3                             => w1 s>>= 0x3
            w1 s/= w2                             => w1 s/= w2
            r1 = *(u16*)(r2+4)                    => r1 = *(u16 *)(r2 + 0x4)
            w1 = *(u32 *)(r2 - 4 + 2)             => r1 = *(u32 *)(r2 - 0x2)
            r3 = *(s8 *)(r4)                      => r3 = *(s8 *)(r4 + 0x0)
            *(u8 *)(r10 - 1) = IPPROTO_TCP        => *(u8 *)(r10 - 0x1) = 0x6
            *(u32 *)(r1 + 0) = w2                 => *(u32 *)(r1 + 0x0) = r2
            lock *(u32 *)(r1 + 0) += w2           => lock *(u32 *)(r1 + 0x0) += r2
            call bpf_map_lookup_elem              => call 0x1
            call BPF_FUNC_map_lookup_elem         => call 0x1
            r0 = *(u8 *)skb[r6]                   => r0 = *(u8 *)skb[r6]
            if w1 s<= -1 goto -3                  => if w1 s<= -0x1 goto -0x3
            gotol +100000                         => gotol +0x186a0
            """)
    void readsWhatPeopleWrite(String text, String canonical) {
        assertThat(texts(text)).containsExactly(canonical);
    }

    @Test
    void resolvesLabelsForwardAndBackward() {
        assertThat(texts("""
                        r1 = 10
                loop:   r1 -= 1            // the label and the instruction on one line
                        if r1 == 0 goto done
                        r2 = 1 ll          # two slots
                        goto loop
                done:
                        exit
                """))
                .containsExactly("r1 = 0xa", "r1 -= 0x1", "if r1 == 0x0 goto +0x3", "r2 = 0x1 ll", "goto -0x5", "exit");
    }

    @Test
    void resolvesCallsAndAddressesOfLabels() {
        Instructions code = Assembler.instructions("test", """
                r2 = callback ll
                call f
                exit
                callback: exit
                f: exit
                """);
        assertThat(code.asList())
                .startsWith(
                        Instruction.lddw(2, Opcode.BPF_PSEUDO_FUNC, 3),
                        Instruction.of(Opcode.CALL, 0, Opcode.BPF_PSEUDO_CALL, 0, 2));
    }

    @Test
    void leavesOutComments() {
        assertThat(texts("""
                ; a line
                # another
                r1 = 1 /* inside */ ; behind
                /* over
                   lines */ r2 = 2 // and more
                exit # done
                """)).containsExactly("r1 = 0x1", "r2 = 0x2", "exit");
    }

    @Test
    void namesConstants() {
        assertThat(texts("""
                .constant MAX_SIZE ETH_DATA_LEN + 14
                if r1 > MAX_SIZE goto +1
                """)).containsExactly("if r1 > 0x5ea goto +0x1");
    }

    @Test
    void takesRawBytes() {
        Instructions code = Assembler.instructions("test", """
                .raw 95 21 03 00 04 00 00 00
                .raw 18 01 00 00 05 00 00 00 00 00 00 00 01 00 00 00
                """);
        assertThat(code.asList())
                .containsExactly(Instruction.of(0x95, 1, 2, 3, 4), Instruction.lddw(1, 0, 0x1_0000_0005L));
    }

    @Test
    void readsAPastedListingOfLlvmObjdump() {
        Instructions code = Assembler.instructions("listing", """

                prog.o:	file format elf64-bpf

                Disassembly of section xdp:

                0000000000000000 <prog>:
                       0:	85 10 00 00 ff ff ff ff	call -0x1
                		0000000000000000:  R_BPF_64_32	helper
                       1:	15 00 01 00 00 00 00 00	if r0 == 0x0 goto +0x1 <LBB0_2>
                       2:	c3 21 00 00 41 00 00 00	<unknown>

                0000000000000018 <LBB0_2>:
                       3:	95 00 00 00 00 00 00 00	exit
                """);
        assertThat(code.asList())
                .containsExactly(
                        Instruction.of(0x85, 0, 1, 0, -1), Instruction.of(0x15, 0, 0, 1, 0),
                        Instruction.of(0xc3, 1, 2, 0, 0x41), Instruction.of(0x95, 0, 0, 0, 0));
    }

    @Test
    void textThatWasChangedInAListingCountsMoreThanTheBytes() {
        assertThat(texts("       0:	b7 00 00 00 01 00 00 00	r0 = XDP_DROP + 1")).containsExactly("r0 = 0x2");
        assertThat(texts("       0:	r0 = 0x1")).containsExactly("r0 = 0x1");
        assertThat(texts("       0:	b7 00 00 00 01 00 00 00")).containsExactly("r0 = 0x1");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            call bpf_map_lookup_elm     => 1:6  no helper or function is called bpf_map_lookup_elm; did you mean bpf_map_lookup_elem?
            r0 = XDP_PAS                => 1:6  no constant is called XDP_PAS; did you mean XDP_PASS?
            r0 = 1 2                    => 1:8  the instruction ends before '2'; remove the rest of the line
            r0 + 1                      => 1:4  expected an operator after r0, found '+'; = += -= *= /= %= |= &= ^= <<= >>= s>>= s/= s%=
            r11 = 1                     => 1:1  there is no register r11; a program has r0 to r10
            r1 = w2                     => 1:6  w2 is the wrong width here; write r2
            r1 = 0xffffffff             => 1:6  4294967295 (0xffffffff) does not fit in 32 bits, signed; write `r1 = 0xffffffff ll`, which takes two slots
            r1 += 0x100000000           => 1:7  4294967296 (0x100000000) does not fit in 32 bits, signed; load it into a register with `rN = VALUE ll`
            r1 = *(u33 *)(r2 + 0)       => 1:8  expected a type, found 'u33'; u8, u16, u32, u64, s8, s16 or s32
            r1 = *(u32 *)(r2 + 99999)   => 1:18 the displacement 99999 is not within -32768 to 32767
            goto nowhere                => 1:6  there is no label nowhere; labels are seen in their function only
            goto 5                      => 1:6  expected a label, or a distance with its sign such as +3, found '5'
            if r1 = 5 goto +1           => 1:7  expected a comparison, found '='; == != > >= < <= s> s>= s< s<= &
            *(s32 *)(r1 + 0) = 1        => 1:3  only loads have a sign; write u32
            lock *(u16 *)(r1 + 0) += r2 => 1:8  this atomic operation works on u32 and u64
            r0 = cmpxchg_64(r1, r3, r2) => 1:21 this must be r0 here
            r1 = le16 r2                => 1:11 this must be r1 here
            mov r1, 5                   => 1:1  expected an instruction, found 'mov'; for example `r1 = 5`, `if r1 == 5 goto label`, `call bpf_ktime_get_ns`, `exit`
            r1 = @                      => 1:6  '@' has no meaning here
            r1 = map ll                 => 1:6  there is no label map; maps can be named in an object only: .map and .program
            .program p xdp              => 1:1  .program belongs to a whole object
            .rav 95                     => 1:1  no directive is called .rav; did you mean .raw?
            .raw 95 00                  => 1:1  .raw takes the bytes of one instruction: 8, or 16 if the first is 18; found 2
            r1 = 99999999999999999999   => 1:6  '99999999999999999999' is no number of at most 64 bits; decimal, or hexadecimal after 0x
            """)
    void saysWhatIsWrongAndWhere(String text, String expected) {
        String[] parts = expected.split(" +", 2);
        assertThatThrownBy(() -> Assembler.instructions("t.s", text))
                .isInstanceOf(AssemblyException.class)
                .hasMessage("t.s:" + parts[0] + ": " + parts[1]);
    }

    @Test
    void reportsAllMistakesOfATextInOrder() {
        String text = """
                r1 = XDP_PAS
                goto end
                r2 =
                end:
                goto nd
                end: exit
                """;
        assertThatThrownBy(() -> Assembler.instructions("t.s", text))
                .isInstanceOfSatisfying(AssemblyException.class, e -> {
                    assertThat(e).hasMessageEndingWith("(and 3 more)");
                    assertThat(e.errors()).extracting(AssemblyError::line).containsExactly(1, 3, 5, 6);
                });
    }

    @Test
    void drawsMistakesInTheMannerOfRustc() {
        assertThatThrownBy(() -> Assembler.instructions("prog.s", "exit\n\n\tcall bpf_map_lookup_elm // look"))
                .isInstanceOfSatisfying(
                        AssemblyException.class, e -> assertThat(e.render()).isEqualTo("""
                        error: no helper or function is called bpf_map_lookup_elm
                         --> prog.s:3:7
                          |
                        3 | 	call bpf_map_lookup_elm // look
                          | 	     ^^^^^^^^^^^^^^^^^^ did you mean bpf_map_lookup_elem?
                        """));
    }

    @Test
    void refusesAJumpThatIsTooFarAndTakesTheLongOne() {
        String far = "r0 = 0\n".repeat(40_000) + "end: exit";
        assertThatThrownBy(() -> Assembler.instructions("t.s", "goto end\n" + far))
                .hasMessage("t.s:1:6: end is 40000 slots away, too far for 16 bits; jump there with gotol");
        assertThat(Assembler.instructions("t.s", "gotol end\n" + far).at(0).imm())
                .isEqualTo(40_000);
    }

    private static List<String> texts(String assembly) {
        return StreamSupport.stream(Assembler.instructions("test", assembly).spliterator(), false)
                .map(instruction -> Disassembler.text(instruction, TextStyle.EXACT))
                .toList();
    }
}
