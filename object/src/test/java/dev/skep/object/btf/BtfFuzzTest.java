package dev.skep.object.btf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.dedup.BtfDeduplicator;
import dev.skep.object.btf.dump.CDump;
import dev.skep.object.btf.dump.TypeListing;
import dev.skep.object.btf.value.BtfValueReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Damaged BTF is either refused with an {@link InputException} or used without harm, whether it was checked or only opened.
 * A longer run: {@code ./mvnw -pl object -am test -Dtest=BtfFuzzTest -Dskep.fuzz.rounds=1000000 -Dskep.fuzz.seed=7}.
 */
class BtfFuzzTest {
    private static final int ROUNDS = Integer.getInteger("skep.fuzz.rounds", 1500);
    private static final long SEED = Long.getLong("skep.fuzz.seed", 20);
    private static final Location WHERE = Location.in("damaged.o");
    private static final List<String> SAMPLES = List.of("kinds", "layout", "naming", "part_a", "part_b", "program");
    private static final int[] TELLING_NUMBERS = {
        0, 1, 2, 3, 7, 0x7f, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, -1, -4, 0x04000001, 0x0d00ffff, 0x8400ffff
    };

    private int refused;
    private int used;

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = random.nextInt(20) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
        for (int changes = random.nextInt(6) + 1; changes > 0 && bytes.length >= 4; changes--) {
            int word = random.nextInt(bytes.length / 4) * 4;
            switch (random.nextInt(4)) {
                case 0 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                case 1 -> LittleEndian.putWord(bytes, word, TELLING_NUMBERS[random.nextInt(TELLING_NUMBERS.length)]);
                case 2 -> LittleEndian.putWord(bytes, word, LittleEndian.word(bytes, word) + random.nextInt(9) - 4);
                default ->
                    LittleEndian.putWord(bytes, word, LittleEndian.word(bytes, random.nextInt(bytes.length / 4) * 4));
            }
        }
        return bytes;
    }

    private void attempt(Runnable action) {
        try {
            action.run();
            used++;
        } catch (InputException e) {
            assertThat(e).hasMessageStartingWith("damaged.o").hasMessageNotContaining("\n");
            refused++;
        }
    }

    private void useEverything(Btf btf, Random random) {
        TypeListing listing = new TypeListing(btf);
        BtfLayout layout = new BtfLayout(btf);
        BtfValueReader values = new BtfValueReader(btf);
        byte[] bytes = new byte[512];
        random.nextBytes(bytes);
        for (int id = 1; id < btf.typeCount(); id++) {
            int type = id;
            attempt(() -> listing.text(type));
            attempt(() -> listing.json(type));
            attempt(() -> layout.size(type));
            attempt(() -> layout.alignment(type));
            attempt(() -> layout.field(type, "next"));
            attempt(() -> values.read(bytes, type));
        }
        attempt(() -> CDump.header(btf, text -> {}));
        attempt(() -> BtfDeduplicator.deduplicate(btf));
        attempt(() -> assertThat(Btf.open(btf.write(), WHERE)).isEqualTo(btf));
        attempt(() -> btf.find("node", BtfType.Composite.class));
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void damagedTypesAreRefusedOrUsable() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damaged(Samples.bytes(SAMPLES.get(random.nextInt(SAMPLES.size())) + ".btf"), random);
            attempt(() -> useEverything(Btf.read(bytes, WHERE), random));
            if (round % 4 == 0) {
                attempt(() -> useEverything(Btf.open(bytes, WHERE), random));
            }
        }
        assertThat(refused).isPositive();
        assertThat(used).isPositive();
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void damagedExtensionsAreRefusedOrUsable() {
        Random random = new Random(SEED);
        Btf btf = Samples.btf("program");
        byte[] whole = Samples.bytes("program.btfext");
        for (int round = 0; round < 10 * ROUNDS; round++) {
            byte[] bytes = damaged(whole, random);
            attempt(() -> BtfSections.write(btf, BtfExt.read(bytes, btf, WHERE)));
        }
        assertThat(refused).isPositive();
        assertThat(used).isPositive();
    }

    @Test
    void everyLengthOfACutFileIsRefusedOrUsable() {
        byte[] whole = Samples.bytes("kinds.btf");
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            attempt(() -> Btf.read(cut, WHERE));
        }
        assertThat(used).isZero();
    }

    @Test
    void aHugeNameSharedByManyTypesIsRefused() {
        byte[] name = new byte[1 << 20];
        Arrays.fill(name, (byte) 'x');
        BtfWriter writer = new BtfWriter(List.of());
        writer.string(new String(name, StandardCharsets.US_ASCII));
        byte[] empty = writer.write();
        int types = 100_000;
        byte[] forged = new byte[empty.length + 12 * types];
        System.arraycopy(empty, 0, forged, 0, 24);
        for (int i = 0; i < types; i++) {
            LittleEndian.putWord(forged, 24 + 12 * i, 1);
            LittleEndian.putWord(forged, 24 + 12 * i + 4, 7 << 24);
        }
        System.arraycopy(empty, 24, forged, 24 + 12 * types, empty.length - 24);
        LittleEndian.putWord(forged, 12, 12 * types);
        LittleEndian.putWord(forged, 16, 12 * types);
        attempt(() -> Btf.read(forged, WHERE));
        attempt(() -> Btf.open(forged, WHERE).idsNamed("y"));
        assertThat(refused).isEqualTo(1);
    }
}
