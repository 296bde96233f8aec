package dev.skep.object.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.elf.ElfFile;
import dev.skep.object.image.ProgramImageBuilder;
import dev.skep.object.link.Linker;
import dev.skep.object.program.ProgramSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damages good objects and reads, puts together, writes and links what comes out: nothing but an {@link InputException} may
 * come of it, in bounded time. The suite does a short run with a fixed seed; {@link #main} runs as long as it is told to, as
 * docs/object.md describes.
 */
class ObjectFuzzTest {
    private static final int ROUNDS = 400;
    /** Of processor time: the machine may be busy with other things. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Location WHERE = Location.in("fuzz.o");

    /** Numbers that tend to lie on borders. */
    private static final long[] INTERESTING = {
        0,
        1,
        7,
        8,
        16,
        23,
        24,
        64,
        0x7f,
        0x80,
        0xff,
        0x7fff,
        0xffff,
        0x7fff_ffff,
        0x8000_0000L,
        0xffff_ffffL,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -8
    };

    static List<Path> seeds() {
        return CompiledObjects.readable();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedObjectsAreReadOrRefused(Path file) {
        byte[] good = CompiledObjects.bytes(file);
        SplittableRandom random =
                new SplittableRandom(file.getFileName().toString().hashCode());
        for (int i = 0; i < ROUNDS / 10; i++) {
            tryAll(damaged(good, random), file + " round " + i);
        }
    }

    @Test
    void damagedHeadersAreReadOrRefused() {
        byte[] good = CompiledObjects.bytes("kernel_structs");
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < ROUNDS; i++) {
            tryAll(damagedHeader(good, random), "header round " + i);
        }
    }

    private static byte[] damaged(byte[] good, SplittableRandom random) {
        byte[] file = good.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            switch (random.nextInt(5)) {
                case 0 -> file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> file[random.nextInt(file.length)] = (byte) random.nextInt();
                case 2 -> putNumber(file, random.nextInt(file.length), random);
                case 3 -> file = damagedHeader(file, random);
                default -> copyWithin(file, random);
            }
        }
        return random.nextInt(20) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file;
    }

    private static void putNumber(byte[] file, int at, SplittableRandom random) {
        ByteBuffer words = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long number = INTERESTING[random.nextInt(INTERESTING.length)];
        int aligned = at & ~7;
        if (random.nextBoolean() && aligned + 8 <= file.length) {
            words.putLong(aligned, number);
        } else if (aligned + 4 <= file.length) {
            words.putInt(aligned, (int) number);
        }
    }

    private static void copyWithin(byte[] file, SplittableRandom random) {
        int length = 1 + random.nextInt(Math.min(64, file.length));
        int from = random.nextInt(file.length - length + 1);
        int to = random.nextInt(file.length - length + 1);
        System.arraycopy(file, from, file, to, length);
    }

    /** Changes a field of a section header, where a small change does the most. */
    private static byte[] damagedHeader(byte[] good, SplittableRandom random) {
        byte[] file = good.clone();
        ByteBuffer words = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long table = words.getLong(40);
        int count = words.getShort(60) & 0xffff;
        if (count == 0 || table <= 0 || table > file.length - 64L * count) {
            return file;
        }
        int at = (int) table + 64 * random.nextInt(count) + 4 * random.nextInt(16);
        long number = INTERESTING[random.nextInt(INTERESTING.length)];
        words.putInt(at, random.nextInt(3) == 0 ? words.getInt(at) + random.nextInt(17) - 8 : (int) number);
        return file;
    }

    private static void tryAll(byte[] file, String what) {
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            ElfFile elf = ElfFile.read(file, WHERE);
            BpfObject object = ObjectReader.read(elf);
            for (ProgramSpec program : object.programs()) {
                ProgramImageBuilder.build(object, program);
            }
            ObjectReader.read(ObjectWriter.write(object), "again.o");
        } catch (InputException expected) {
            assertThat(expected.getMessage()).as(what).doesNotContain("\n");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError unexpected) {
            throw new AssertionError(what, unexpected);
        }
        try {
            ElfFile elf = ElfFile.read(file, WHERE);
            ObjectReader.read(Linker.link(List.of(CompiledObjects.elf("link_weak"), elf)), "linked.o");
        } catch (InputException expected) {
            assertThat(expected.getMessage()).as(what).doesNotContain("\n");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError unexpected) {
            throw new AssertionError(what + ", linking", unexpected);
        }
        assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start))
                .as(what)
                .isLessThan(LONGEST);
    }

    /** A run of any length. @param arguments seed, then rounds for each object */
    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : System.nanoTime();
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        for (Path file : seeds()) {
            SplittableRandom random =
                    new SplittableRandom(seed ^ file.toString().hashCode());
            byte[] good = CompiledObjects.bytes(file);
            for (int i = 0; i < rounds; i++) {
                tryAll(damaged(good, random), "seed " + seed + ", " + file + " round " + i);
            }
            System.out.println(file + ": " + rounds + " rounds");
        }
    }
}
