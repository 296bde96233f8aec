package dev.skep.object.btf.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.Bytes;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.Samples;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BtfValueTest {
    private static final Btf BTF = Samples.btf("kinds");
    private final int node = BTF.find("node", BtfType.Composite.class).orElseThrow();
    private final BtfValueReader reader = new BtfValueReader(BTF);
    private final BtfValueWriter writer = new BtfValueWriter(BTF, Location.in("map.json"));

    private static BtfValue.Struct struct(String name, BtfValue value) {
        return new BtfValue.Struct(List.of(new BtfValue.Field(name, value)));
    }

    @Test
    void everySortOfFieldIsRead() {
        byte[] bytes = new byte[176];
        bytes[0] = 0x10;
        bytes[24] = -1;
        bytes[25] = -1;
        bytes[26] = -1;
        bytes[27] = -1;
        bytes[49] = 1;
        bytes[51] = -3;
        bytes[52] = -3;
        bytes[64 + 15] = (byte) 0x80;
        bytes[83] = 0x40;
        bytes[168] = (byte) 0b11110_101;
        BtfValue.Struct value = (BtfValue.Struct) reader.read(bytes, node);
        assertThat(value.field("next")).contains(new BtfValue.Address(0x10));
        assertThat(value.field("color")).contains(new BtfValue.Choice(BigInteger.ONE.negate(), Optional.of("BLUE")));
        assertThat(value.field("flag")).contains(new BtfValue.Truth(true));
        assertThat(value.field("small")).contains(BtfValue.Whole.of(-3));
        assertThat(value.field("byte")).contains(BtfValue.Whole.of(253));
        assertThat(value.field("vast"))
                .contains(new BtfValue.Whole(BigInteger.TWO.pow(127).negate()));
        assertThat(value.field("single")).contains(new BtfValue.Real(2.0));
        assertThat(value.field("low")).contains(BtfValue.Whole.of(5));
        assertThat(value.field("high")).contains(BtfValue.Whole.of(-2));
        assertThat(value.field("three"))
                .hasValueSatisfying(three -> assertThat(BtfValueText.of(three)).isEqualTo("[0, 0, 0]"));
        assertThat(value.field("flexible")).contains(BtfValue.Sequence.of(List.of()));
    }

    @Test
    void anyBytesWithoutPaddingAreWrittenAsTheyWereRead() {
        Btf btf = Samples.btf("layout");
        BtfValueReader layoutReader = new BtfValueReader(btf);
        BtfValueWriter layoutWriter = new BtfValueWriter(btf, Location.in("map.json"));
        Random random = new Random(7);
        for (String name : List.of("packed", "plain", "bits", "bits_packed", "anonymous", "holder", "partly_packed")) {
            int id = btf.find(name, BtfType.Composite.class).orElseThrow();
            byte[] bytes = new byte[new BtfLayout(btf).size(id)];
            random.nextBytes(bytes);
            BtfValue value = layoutReader.read(bytes, id);
            byte[] written = layoutWriter.write(value, id);
            assertThat(BtfValueText.of(layoutReader.read(written, id))).isEqualTo(BtfValueText.of(value));
        }
    }

    @Test
    void printableCharactersAreTextAndOtherBytesAreNot() {
        Btf btf = Btf.of(List.of(
                new BtfType.Int("char", 1, true, false, false, 0, 8),
                new BtfType.Int("unsigned char", 1, false, false, false, 0, 8),
                new BtfType.Array(1, 2, 6),
                new BtfType.Array(2, 2, 6)));
        BtfValueReader read = new BtfValueReader(btf);
        byte[] eth0 = {'e', 't', 'h', '0', 0, 9};
        assertThat(BtfValueText.of(read.read(eth0, 3))).isEqualTo("\"eth0\"");
        assertThat(BtfValueText.of(read.read(eth0, 4))).isEqualTo("[101, 116, 104, 48, 0, 9]");
        assertThat(BtfValueText.of(read.read(new byte[] {1, 2, 3, 0, 0, 0}, 3))).isEqualTo("[1, 2, 3, 0, 0, 0]");
        assertThat(new BtfValueWriter(btf, Location.in("x")).write(new BtfValue.Text("eth1"), 3))
                .isEqualTo(new byte[] {'e', 't', 'h', '1', 0, 0});
    }

    @Test
    void aDataSectionIsAStructOfItsVariables() {
        BtfType.Int number = new BtfType.Int("int", 4, true, false, false, 0, 32);
        Btf btf = Btf.of(List.of(
                number,
                new BtfType.Variable("limit", 1, BtfType.Linkage.GLOBAL),
                new BtfType.Variable("used", 1, BtfType.Linkage.STATIC),
                new BtfType.DataSection(
                        ".data",
                        8,
                        List.of(new BtfType.SectionVariable(2, 0, 4), new BtfType.SectionVariable(3, 4, 4)))));
        BtfValue value = new BtfValueReader(btf).read(new byte[] {1, 0, 0, 0, 2, 0, 0, 0}, 4);
        assertThat(BtfValueText.of(value)).isEqualTo("{limit = 1, used = 2}");
        assertThat(new BtfValueWriter(btf, Location.in("x")).write(value, 4))
                .isEqualTo(new byte[] {1, 0, 0, 0, 2, 0, 0, 0});
    }

    @Test
    void enumeratorsAndFieldsOfAnonymousMembersAreWrittenByName() {
        byte[] bytes = writer.write(struct("color", new BtfValue.Text("GREEN")), node);
        assertThat(bytes[24]).isEqualTo((byte) 5);
        int view = BTF.find("view", BtfType.Composite.class).orElseThrow();
        assertThat(writer.write(struct("high", BtfValue.Whole.of(0x1234)), view))
                .isEqualTo(new byte[] {0, 0, 0x34, 0x12});
    }

    @Test
    void whatDoesNotFitIsRefusedByItsPath() {
        assertThatThrownBy(() -> writer.write(struct("byte", BtfValue.Whole.of(256)), node))
                .isInstanceOf(InputException.class)
                .hasMessage("map.json: value.byte is 256, which does not fit into 8 bits");
        assertThatThrownBy(() -> writer.write(struct("colour", BtfValue.Whole.of(1)), node))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("map.json: value.colour is no field of struct node; it has next, away");
        assertThatThrownBy(() -> writer.write(struct("color", new BtfValue.Text("PINK")), node))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("enum color does not have");
        List<BtfValue> four = new ArrayList<>(
                List.of(BtfValue.Whole.of(1), BtfValue.Whole.of(2), BtfValue.Whole.of(3), BtfValue.Whole.of(4)));
        assertThatThrownBy(() -> writer.write(struct("three", BtfValue.Sequence.of(four)), node))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("has 4 elements; its type has room for 3");
        assertThatThrownBy(() -> reader.read(new byte[175], node))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("reaches to bit 1408 of a value of 175 bytes");
    }

    @Test
    void aTypeOfMoreThanAMillionPartsStaysInOnePiece() {
        List<BtfType> types = new ArrayList<>();
        types.add(new BtfType.Int("int", 4, true, false, false, 0, 32));
        for (int id = 2; id < 64; id++) {
            types.add(new BtfType.Composite(
                    "u" + id,
                    true,
                    4,
                    List.of(new BtfType.Member("a", id - 1, 0, 0), new BtfType.Member("b", id - 1, 0, 0))));
        }
        Btf btf = Btf.of(types);
        BtfValue value = new BtfValueReader(btf).read(new byte[4], 40);
        assertThat(BtfValueText.of(value).length()).isBetween(1_000_000, 20_000_000);
        assertThat(new BtfValueReader(btf).read(new byte[4], 21)).isEqualTo(new BtfValue.Opaque(Bytes.zeros(4)));
    }
}
