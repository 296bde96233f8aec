package dev.skep.object.btf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EarlyMemberTest {
    private static final byte[] TYPES = types();

    private record InMemory(byte[] bytes) implements ByteSource {
        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public void copy(int offset, byte[] target, int at, int length) {
            System.arraycopy(bytes, offset, target, at, length);
        }
    }

    private static byte[] types() {
        BtfBuilder types = new BtfBuilder();
        int number = types.add(new BtfType.Int("int", 4, true, false, false, 0, 32));
        types.add(new BtfType.Enumeration("e", 4, false, false, List.of(new BtfType.Enumerator("ONE", 1))));
        types.add(new BtfType.Composite(
                "task",
                false,
                40,
                List.of(
                        new BtfType.Member("pid", number, 0, 0),
                        new BtfType.Member("flag", number, 32, 1),
                        new BtfType.Member("comm", types.typeCount() + 1, 64, 0),
                        new BtfType.Member("many", types.typeCount() + 2, 192, 0))));
        int character = types.add(new BtfType.Array(types.typeCount() + 2, number, 16));
        assertThat(character).isEqualTo(4);
        types.add(new BtfType.Array(number, number, 4));
        types.add(new BtfType.Int("char", 1, true, false, false, 0, 8));
        return types.build().write();
    }

    private static OptionalInt find(byte[] bytes, int most, String structure, String member, int length) {
        return EarlyMember.array(new InMemory(bytes), most, structure, member, length);
    }

    @Test
    void anArrayIsFoundByItsNamesAndItsLength() {
        assertThat(find(TYPES, 1 << 20, "task", "comm", 16)).hasValue(8);
        assertThat(find(TYPES, 1 << 20, "task", "many", 4)).hasValue(24);
    }

    @Test
    void whatIsNoSuchArrayIsNot() {
        assertThat(find(TYPES, 1 << 20, "task", "comm", 64)).isEmpty();
        assertThat(find(TYPES, 1 << 20, "task", "pid", 1)).isEmpty();
        assertThat(find(TYPES, 1 << 20, "task", "flag", 1)).isEmpty();
        assertThat(find(TYPES, 1 << 20, "task", "char", 1)).isEmpty();
        assertThat(find(TYPES, 1 << 20, "int", "comm", 16)).isEmpty();
        assertThat(find(TYPES, 1 << 20, "absent", "comm", 16)).isEmpty();
    }

    @Test
    void whatIsFurtherBehindIsNot() {
        assertThat(find(TYPES, 40, "task", "comm", 16)).isEmpty();
        for (int length = 0; length < TYPES.length; length++) {
            byte[] cut = Arrays.copyOf(TYPES, length);
            find(cut, 1 << 20, "task", "comm", 16); // ends, whatever it says
        }
    }

    @Test
    void damagedBytesLeadNowhereElse() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = TYPES.clone();
            for (int change = 0; change < 3; change++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            OptionalInt found = find(damaged, 1 << 20, "task", "comm", 16);
            assertThat(found.orElse(0)).isBetween(0, 1 << 28);
        }
    }
}
