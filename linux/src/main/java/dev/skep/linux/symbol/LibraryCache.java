package dev.skep.linux.symbol;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the dynamic linker finds libraries: {@code /etc/ld.so.cache}, in the format that glibc has written since 2.2
 * ({@code struct cache_file_new} of sysdeps/generic/dl-cache.h).
 */
final class LibraryCache {
    static final Path FILE = Path.of("/etc/ld.so.cache");

    private static final byte[] MAGIC = "glibc-ld.so.cache1.1".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_SIZE = 48;
    private static final int ENTRY_SIZE = 24;

    /**
     * Which machine a library is for, among those that one processor can run: {@code FLAG_REQUIRED_MASK} of the entry's
     * flags.
     */
    private static final int MACHINE_MASK = 0xff00;

    /** {@code FLAG_X8664_LIB64}, {@code FLAG_AARCH64_LIB64}; 0 where there is one kind only. */
    private static final int MACHINE = switch (System.getProperty("os.arch")) {
        case "amd64" -> 0x0300;
        case "aarch64" -> 0x0a00;
        default -> 0;
    };

    /** Older tables may come first. */
    private static final int SEARCHED = 1 << 20;

    private LibraryCache() {}

    /**
     * Paths by library name, those the linker prefers first; none if there is no such cache, as with other C libraries.
     */
    static Map<String, Path> read() {
        try {
            byte[] content = Files.readAllBytes(FILE);
            return parse(new CheckedBytes(MemorySegment.ofArray(content), Location.in(FILE.toString())));
        } catch (IOException | InputException e) {
            return Map.of(); // then the usual directories are looked at
        }
    }

    static Map<String, Path> parse(CheckedBytes file) {
        Map<String, Path> libraries = new LinkedHashMap<>();
        for (long start = 0; start < Math.min(file.size(), SEARCHED); start += Long.BYTES) {
            if (file.startsWith(start, MAGIC)) {
                long count = file.u32(start + MAGIC.length);
                for (long i = 0; i < count; i++) {
                    long entry = start + HEADER_SIZE + i * ENTRY_SIZE;
                    if (MACHINE == 0 || (file.u32(entry) & MACHINE_MASK) == MACHINE) {
                        String name = file.text(start + file.u32(entry + 4));
                        libraries.putIfAbsent(name, Path.of(file.text(start + file.u32(entry + 8))));
                    }
                }
                return libraries;
            }
        }
        return libraries;
    }
}
