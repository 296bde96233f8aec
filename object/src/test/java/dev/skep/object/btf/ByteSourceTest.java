package dev.skep.object.btf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BTF that is not in an array says the same as BTF that is. */
class ByteSourceTest {
    private static final Location WHERE = Location.in("somewhere");

    /** An array that counts what is fetched of it. */
    private static final class Counted implements ByteSource {
        final byte[] bytes;
        int copied;

        Counted(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public void copy(int offset, byte[] target, int at, int length) {
            copied += length;
            System.arraycopy(bytes, offset, target, at, length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kinds.btf"})
    void aSampleReadsTheSame(String name) {
        assertSame(Samples.bytes(name));
    }

    @Test
    void typesAndNamesAcrossPagesReadTheSame() {
        assertSame(many(20_000));
    }

    @Test
    void bigEndianReadsTheSame() {
        byte[] bytes = Samples.bytes("kinds.btf");
        for (int at = 4; at < 24; at += 4) {
            swap(bytes, at, 4);
        }
        swap(bytes, 0, 2);
        int types = word(Samples.bytes("kinds.btf"), 12);
        for (int at = 24; at < 24 + types; at += 4) {
            swap(bytes, at, 4);
        }
        assertThat(Btf.open(new Counted(bytes), WHERE)).isEqualTo(Btf.open(Samples.bytes("kinds.btf"), WHERE));
    }

    private static int word(byte[] bytes, int at) {
        return Integer.reverseBytes(ByteBuffer.wrap(bytes).getInt(at));
    }

    private static void swap(byte[] bytes, int at, int length) {
        for (int i = 0; i < length / 2; i++) {
            byte kept = bytes[at + i];
            bytes[at + i] = bytes[at + length - 1 - i];
            bytes[at + length - 1 - i] = kept;
        }
    }

    private static void assertSame(byte[] bytes) {
        Btf expected = Btf.open(bytes, WHERE);
        Btf found = Btf.open(new Counted(bytes), WHERE);
        assertThat(found.typeCount()).isEqualTo(expected.typeCount());
        for (int id = 0; id < expected.typeCount(); id++) {
            assertThat(found.type(id)).isEqualTo(expected.type(id));
        }
        for (int id = 1; id < expected.typeCount(); id += 1 + expected.typeCount() / 500) {
            Btf fresh = id % 3 == 0 ? found : Btf.open(new Counted(bytes), WHERE); // with and without the index
            assertThat(fresh.idsNamed(expected.name(id))).isEqualTo(expected.idsNamed(expected.name(id)));
        }
        assertThat(found.idsNamed("no such name")).isEmpty();
        assertThat(found).isEqualTo(expected).hasSameHashCodeAs(expected);
        assertThat(found.write()).isEqualTo(expected.write());
        assertThat(found.idsWithNameContaining("in")).isEqualTo(expected.idsWithNameContaining("in"));
    }

    /** Names of all lengths, some the end of others, all of them once. */
    private static byte[] many(int count) {
        List<BtfType> types = new ArrayList<>();
        types.add(new BtfType.Int("int", 4, true, false, false, 0, 32));
        for (int i = 0; i < count; i++) {
            String name = "x".repeat(i % 37) + "_" + Integer.toString(i * 7919, 36);
            types.add(
                    i % 3 == 0
                            ? new BtfType.Typedef(name, 1)
                            : new BtfType.Composite(
                                    name,
                                    false,
                                    8,
                                    List.of(new BtfType.Member("in", 1, 0, 0), new BtfType.Member(name, 1, 32, 0))));
        }
        return Btf.of(types).write();
    }

    @Test
    void aNameThatEndsOthersIsFoundByItself() {
        byte[] bytes = Btf.of(List.of(
                        new BtfType.Int("a_int", 4, true, false, false, 0, 32),
                        new BtfType.Int("int", 4, true, false, false, 0, 32),
                        new BtfType.Typedef("interval", 1),
                        new BtfType.Typedef("t", 2),
                        new BtfType.Typedef("tint", 2)))
                .write();
        Btf btf = Btf.open(new Counted(bytes), WHERE);
        assertThat(btf.idsNamed("int")).containsExactly(2);
        assertThat(btf.idsNamed("t")).containsExactly(4);
        assertThat(btf.idsNamed("tint")).containsExactly(5);
        assertThat(btf.idsNamed("nt")).isEmpty();
        assertThat(btf.idsNamed("x".repeat(100_000))).isEmpty();
    }

    @Test
    void whoWantsOneTypeKeepsFewPages() {
        Counted source = new Counted(many(20_000));
        Btf btf = Btf.open(source, WHERE);
        assertThat(btf.find("int", BtfType.Int.class)).hasValue(1);
        assertThat(source.copied)
                .as("three walks at most, and a page or two")
                .isLessThan(2 * source.bytes.length + 40_000);
        int before = source.copied;
        btf.type(1);
        btf.type(1);
        btf.name(1);
        assertThat(source.copied - before).isLessThanOrEqualTo(2 * 4096);
    }

    /** Numbers of the header that point outside, or where something else is; those of linux/btf.h's {@code struct btf_header}. */
    @ParameterizedTest
    @CsvSource({
        "8, -4, ends at byte", // type_off
        "12, -4, ends at byte", // type_len
        "20, -1, ends at byte", // str_len
        "16, 0, overlap", // str_off
        "12, 30, not aligned",
    })
    void aHeaderThatLiesIsRefused(int at, int value, String problem) {
        byte[] bytes = Samples.bytes("kinds.btf");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        assertRefused(bytes, problem);
    }

    @Test
    void stringsThatDoNotEndAreRefused() {
        byte[] bytes = Samples.bytes("kinds.btf");
        bytes[bytes.length - 1] = 'x';
        assertRefused(bytes, "do not end with NUL");
    }

    @Test
    void aNameBehindTheLastStringIsRefused() {
        byte[] bytes = Samples.bytes("kinds.btf");
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(24, word(bytes, 20)); // name_off of the first type
        assertThatThrownBy(() -> Btf.open(bytes, WHERE).name(1)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Btf.open(new Counted(bytes), WHERE).name(1)).isInstanceOf(InputException.class);
    }

    /** Types of 12 and of 36 bytes from byte 24 on, so that some lie across each multiple of 32 KiB in one of these. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void typesAcrossThePartsOfAWalkReadTheSame(int before) {
        List<BtfType> types = new ArrayList<>();
        types.add(new BtfType.Int("int", 4, true, false, false, 0, 32));
        for (int i = 0; i < before; i++) {
            types.add(new BtfType.Typedef("t" + i, 1));
        }
        for (int i = 0; i < 3000; i++) {
            types.add(new BtfType.Composite(
                    "s" + i, false, 8, List.of(new BtfType.Member("a", 1, 0, 0), new BtfType.Member("b", 1, 32, 0))));
        }
        assertSame(Btf.of(types).write());
    }

    private static void assertRefused(byte[] bytes, String problem) {
        assertThatThrownBy(() -> Btf.open(bytes, WHERE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(problem);
        assertThatThrownBy(() -> Btf.open(new Counted(bytes), WHERE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void whatIsCutShortIsRefused() {
        byte[] bytes = Samples.bytes("kinds.btf");
        for (int length : new int[] {0, 7, 23, 100, bytes.length - 1}) {
            ByteSource cut = new Counted(Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> Btf.open(cut, WHERE)).isInstanceOf(InputException.class);
        }
    }
}
