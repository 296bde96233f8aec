package dev.skep.linux.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.usdt.UsdtNote;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a file says, reading it ends with an answer or with an {@link InputException}. */
class ForgedBinaryTest {
    /** A library with versions, notes and symbols: this JDK's smallest one with all that tests need, libjimage's. */
    private static final byte[] LIBRARY = read(Path.of(System.getProperty("java.home"), "lib", "libjimage.so"));

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readAll(byte[] content) {
        List<Supplier<Object>> readers = new ArrayList<>();
        try (ElfBinary binary = ElfBinary.of(content, "forged")) {
            readers.add(() -> new SymbolTable(binary).functions().size());
            readers.add(() -> new SymbolTable(binary).named("main").size());
            readers.add(() -> UsdtNote.of(binary));
            readers.add(() -> DebugFile.of(binary));
            for (Supplier<Object> reader : readers) {
                try {
                    assertThat(reader.get()).isNotNull();
                } catch (InputException e) {
                    assertThat(e).hasMessageContaining("forged");
                }
            }
        } catch (InputException e) {
            assertThat(e).hasMessageContaining("forged");
        }
    }

    @Property(tries = 300)
    void changedBytesNeverDoHarm(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int changes) {
        byte[] content = LIBRARY.clone();
        Random random = new Random(seed);
        for (int i = 0; i < changes; i++) {
            // Headers and tables are at both ends; what is between is code, which nobody reads.
            int at = random.nextInt(4096);
            content[random.nextBoolean() ? at : content.length - 1 - at] = (byte) random.nextInt();
        }
        readAll(content);
    }

    @Property(tries = 200)
    void aFileThatEndsEarlyNeverDoesHarm(@ForAll @IntRange(min = 0, max = 30_000) int length) {
        byte[] content = new byte[Math.min(length, LIBRARY.length)];
        System.arraycopy(LIBRARY, 0, content, 0, content.length);
        readAll(content);
    }

    @Property
    void anyBytesAsNotesAreReadOrRefused(@ForAll @Size(max = 200) byte[] content) {
        CheckedBytes section = new CheckedBytes(MemorySegment.ofArray(content), Location.in("forged"));
        try {
            assertThat(ElfNote.in(section)).isNotNull();
        } catch (InputException e) {
            assertThat(e).hasMessageContaining("forged");
        }
    }
}
