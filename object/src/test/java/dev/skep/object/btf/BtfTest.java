package dev.skep.object.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BtfTest {
    private static final Location WHERE = Location.in("test.o").section(".BTF");
    private static final BtfType INT = new BtfType.Int("int", 4, true, false, false, 0, 32);

    /** One type of each kind and form. */
    static final List<BtfType> EVERY_KIND = List.of(
            INT,
            new BtfType.Pointer(4),
            new BtfType.Array(1, 1, 7),
            new BtfType.Composite(
                    "node",
                    false,
                    16,
                    List.of(new BtfType.Member("next", 2, 0, 0), new BtfType.Member("bits", 1, 64, 3))),
            new BtfType.Composite("", true, 4, List.of(new BtfType.Member("whole", 1, 0, 0))),
            new BtfType.Enumeration(
                    "", 4, false, true, List.of(new BtfType.Enumerator("LESS", -1), new BtfType.Enumerator("MORE", 1))),
            new BtfType.Enumeration("top", 4, false, false, List.of(new BtfType.Enumerator("ALL", 0xffffffffL))),
            new BtfType.Enumeration("wide", 8, true, true, List.of(new BtfType.Enumerator("LOW", Long.MIN_VALUE))),
            new BtfType.Forward("elsewhere", false),
            new BtfType.Forward("union_elsewhere", true),
            new BtfType.Typedef("node_t", 4),
            new BtfType.Qualified(BtfType.Qualifier.VOLATILE, 11),
            new BtfType.Qualified(BtfType.Qualifier.CONST, 12),
            new BtfType.Qualified(BtfType.Qualifier.RESTRICT, 2),
            new BtfType.FunctionPrototype(0, List.of(new BtfType.Parameter("format", 2)), true),
            new BtfType.Function("print", BtfType.Linkage.EXTERN, 15),
            new BtfType.Variable("counter", 1, BtfType.Linkage.GLOBAL),
            new BtfType.DataSection(".data", 4, List.of(new BtfType.SectionVariable(17, 0, 4))),
            new BtfType.Float("double", 8),
            new BtfType.DeclarationTag("tagged", 4, 1, false),
            new BtfType.TypeTag("user", 4, true));

    @Test
    void everyKindIsReadAsItWasWritten() {
        Btf btf = Btf.of(EVERY_KIND);
        Btf read = Btf.read(btf.write(), WHERE);
        for (int id = 1; id < read.typeCount(); id++) {
            assertThat(read.type(id)).isEqualTo(EVERY_KIND.get(id - 1));
        }
        assertThat(read).isEqualTo(btf).hasSameHashCodeAs(btf);
        assertThat(read.write()).isEqualTo(btf.write());
    }

    @Test
    void namesAreFoundInTheOrderOfTheirIds() {
        Btf btf = Btf.of(List.of(INT, new BtfType.Typedef("a", 1), new BtfType.Forward("a", false)));
        assertThat(btf.idsNamed("a")).containsExactly(2, 3);
        assertThat(btf.find("a", BtfType.Forward.class)).hasValue(3);
        assertThat(btf.idsNamed("b")).isEmpty();
        assertThat(btf.idsNamed("")).isEmpty();
    }

    @Test
    void splitBtfContinuesItsBase() {
        Btf base = Btf.of(List.of(INT));
        Btf split = Btf.ofSplit(base, List.of(new BtfType.Pointer(1), new BtfType.Typedef("int", 2)));
        Btf read = Btf.readSplit(base, split.write(), WHERE);
        assertThat(read).isEqualTo(split);
        assertThat(read.typeCount()).isEqualTo(4);
        assertThat(read.type(1)).isEqualTo(INT);
        assertThat(read.idsNamed("int")).containsExactly(1, 3);
    }

    @Test
    void bigEndianBtfIsReadAsTheSameTypes() {
        Btf btf = Btf.of(EVERY_KIND);
        byte[] swapped = btf.write();
        int typeLength = LittleEndian.word(swapped, 12);
        swapped[0] = (byte) 0xeb;
        swapped[1] = (byte) 0x9f;
        LittleEndian.swapWords(swapped, 4, BtfSection.HEADER_LENGTH + typeLength);
        assertThat(Btf.read(swapped, WHERE)).isEqualTo(btf);
    }

    @Test
    void aTypeOutOfRangeIsNamedWithItsOffset() {
        byte[] raw = new BtfWriter(List.of(new BtfType.Pointer(5))).write();
        assertThatThrownBy(() -> Btf.read(raw, WHERE))
                .isInstanceOf(InputException.class)
                .hasMessage("test.o: section .BTF, offset 0x20: BTF type 1 (PTR) refers to target type 5; "
                        + "the last type is 1");
    }

    @Test
    void aStructThatContainsItselfIsRefused() {
        byte[] raw = Btf.of(List.of(
                        new BtfType.Array(2, 2, 1),
                        new BtfType.Composite("loop", false, 4, List.of(new BtfType.Member("self", 1, 0, 0)))))
                .write();
        assertThatThrownBy(() -> Btf.read(raw, WHERE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("contains itself");
    }

    @Test
    void aTypedefOfItselfIsRefused() {
        byte[] raw = Btf.of(List.of(new BtfType.Typedef("t", 1))).write();
        assertThatThrownBy(() -> Btf.read(raw, WHERE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("BTF type 1 (TYPEDEF) refers to itself");
    }

    @Test
    void typesAreFoundByAPartOfTheirName() {
        List<BtfType> types = Stream.of("sock", "sock___old", "____", "a__b_", "x___")
                .<BtfType>map(name -> new BtfType.Forward(name, false))
                .toList();
        Btf base = Btf.of(types);
        assertThat(base.idsWithNameContaining("___")).containsExactly(2, 3, 5);
        assertThat(base.idsWithNameContaining("sock")).containsExactly(1, 2);
        Btf split = Btf.ofSplit(base, List.of(new BtfType.Forward("sock___old", true), new BtfType.Pointer(1)));
        assertThat(split.idsWithNameContaining("___")).containsExactly(6);
    }
}
