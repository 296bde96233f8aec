package dev.skep.object.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BtfExtTest {
    private static final Location WHERE = Location.in("program.o").section(".BTF.ext");

    @Test
    void functionsLinesAndRelocationsAreRead() {
        Btf btf = Samples.btf("program");
        BtfExt ext = Samples.ext("program");
        assertThat(ext.functions())
                .extracting(info -> info.section() + " " + info.offset() + " " + btf.name(info.typeId()))
                .containsExactly("classifier/first 0 first", ".text 0 score", "classifier/second 0 second");
        assertThat(ext.lines()).anySatisfy(line -> {
            assertThat(line.section()).isEqualTo(".text");
            assertThat(line.file()).isEqualTo("./program.c");
            assertThat(line.text()).isEqualTo("    return packet->address.target[2] + (int)packet->length;");
            assertThat(line.line()).isEqualTo(21);
            assertThat(line.column()).isPositive();
        });
        assertThat(ext.coreRelocations())
                .extracting(BtfExt.CoreRelocation::kind)
                .containsAll(EnumSet.allOf(CoreRelocationKind.class));
        assertThat(ext.coreRelocations())
                .anySatisfy(relocation -> assertThat(relocation.access()).isEqualTo("0:1:1:2"));
    }

    @Test
    void bothSectionsAreReadAsTheyWereWritten() {
        Btf btf = Samples.btf("program");
        BtfExt ext = Samples.ext("program");
        BtfSections sections = BtfSections.write(btf, ext);
        Btf read = Btf.read(sections.btf().toArray(), WHERE);
        assertThat(read).isEqualTo(btf);
        assertThat(BtfExt.read(sections.ext().toArray(), read, WHERE)).isEqualTo(ext);
        assertThat(BtfSections.write(read, ext)).isEqualTo(sections);
    }

    @Test
    void recordsLongerThanTheKnownFieldsAreAccepted() {
        Btf btf = Samples.btf("part_a");
        BtfExt ext = Samples.ext("part_a");
        byte[] raw = BtfSections.write(btf, new BtfExt(ext.functions(), ext.lines(), ext.coreRelocations()))
                .ext()
                .toArray();
        byte[] longer = Arrays.copyOf(raw, raw.length + 4);
        LittleEndian.putWord(longer, 12, LittleEndian.word(raw, 12) + 4);
        LittleEndian.putWord(longer, 32, 12);
        assertThat(BtfExt.read(longer, Samples.btf("part_a"), WHERE).functions())
                .extracting(BtfExt.FunctionInfo::offset)
                .containsExactly(0);
    }

    @Test
    void aCountThatDoesNotFitIsRefusedAtItsOffset() {
        byte[] raw = Samples.bytes("program.btfext");
        LittleEndian.putWord(raw, 32 + 4 + 4, Integer.MAX_VALUE);
        assertThatThrownBy(() -> BtfExt.read(raw, Samples.btf("program"), WHERE))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("program.o: section .BTF.ext, offset 0x28: 2147483647 function records");
    }

    @Test
    void theShorterHeaderOfOldCompilersHasNoRelocations() {
        byte[] raw = BtfSections.write(
                        Samples.btf("program"),
                        new BtfExt(
                                Samples.ext("program").functions(),
                                Samples.ext("program").lines(),
                                BtfExt.EMPTY.coreRelocations()))
                .ext()
                .toArray();
        byte[] shorter = new byte[raw.length - 8];
        System.arraycopy(raw, 0, shorter, 0, 24);
        System.arraycopy(raw, 32, shorter, 24, raw.length - 32);
        LittleEndian.putWord(shorter, 4, 24);
        Btf btf = Btf.read(
                BtfSections.write(Samples.btf("program"), Samples.ext("program"))
                        .btf()
                        .toArray(),
                WHERE);
        assertThat(BtfExt.read(shorter, btf, WHERE).functions().stream()
                        .map(BtfExt.FunctionInfo::section)
                        .collect(Collectors.toSet()))
                .contains("classifier/first");
    }
}
