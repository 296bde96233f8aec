package dev.skep.object.instruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InstructionsTest {
    private static final Location WHERE = Location.in("t.o").section("xdp");

    @Test
    void decodesFieldsLittleEndian() {
        assertThat(decode("b7a1f3ff78563412").at(0)).isEqualTo(Instruction.of(0xb7, 1, 10, -13, 0x12345678));
    }

    @Test
    void countsSlotsAndKnowsWhereInstructionsStart() {
        Instructions code = decode("18010000050000000000000001000000" + "9500000000000000");
        assertThat(code.slotCount()).isEqualTo(3);
        assertThat(code.size()).isEqualTo(2);
        assertThat(code.at(0).imm64()).isEqualTo(0x1_0000_0005L);
        assertThat(code.startsAt(1)).isFalse();
        assertThat(code.at(2)).isEqualTo(Instruction.of(0x95, 0, 0, 0, 0));
        assertThat(code.startsAt(3)).isFalse();
        assertThat(code.startsAt(-1)).isFalse();
    }

    @Test
    void namesTheInstructionOfALoneLddw() {
        assertThatThrownBy(() -> decode("95000000000000001801000005000000"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("t.o: section xdp, instruction 1: lddw (0x18) without a valid second half");
        assertThatThrownBy(() -> decode("18010000050000009500000000000000")).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> decode("950000")).hasMessageContaining("3 bytes long, not a multiple of 8");
    }

    @Property
    void encodingThenDecodingChangesNothing(@ForAll("programs") List<Instruction> program) {
        Instructions code = Instructions.of(program);
        byte[] bytes = code.encode();
        assertThat(bytes).hasSize(8 * code.slotCount());
        assertThat(Instructions.decode(bytes, 0, bytes.length, WHERE)).isEqualTo(code);
    }

    @Property
    void decodingRandomBytesGivesAProgramThatEncodesToThemOrAnInputException(@ForAll @Size(max = 64) byte[] bytes) {
        Instructions code;
        try {
            code = Instructions.decode(bytes, 0, bytes.length, WHERE);
        } catch (InputException expected) {
            return;
        }
        assertThat(code.encode()).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<List<Instruction>> programs() {
        return InstructionArbitraries.encodable().list().ofMaxSize(20);
    }

    private static Instructions decode(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return Instructions.decode(bytes, 0, bytes.length, WHERE);
    }
}
