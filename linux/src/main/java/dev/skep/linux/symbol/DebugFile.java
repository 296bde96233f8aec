package dev.skep.linux.symbol;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file that holds what was stripped from a binary: found by its build id ({@code NT_GNU_BUILD_ID}) or by the name
 * in {@code .gnu_debuglink}, in the places where GDB looks ("Separate Debug Files" in its manual).
 */
public final class DebugFile {
    private static final Path GLOBAL = Path.of("/usr/lib/debug");
    private static final int NT_GNU_BUILD_ID = 3;

    private DebugFile() {}

    /** The file, if the machine has it. */
    public static Optional<Path> of(ElfBinary binary) {
        return Stream.concat(byBuildId(binary).stream(), byLink(binary))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Optional<Path> byBuildId(ElfBinary binary) {
        return binary.section(".note.gnu.build-id")
                .flatMap(section -> ElfNote.in(binary.content(section)).stream()
                        .filter(note ->
                                note.type() == NT_GNU_BUILD_ID && note.owner().equals("GNU"))
                        .filter(note -> note.description().size() > 1)
                        .map(note -> buildIdPath(note.description()))
                        .findFirst());
    }

    private static Path buildIdPath(CheckedBytes id) {
        HexFormat hex = HexFormat.of();
        StringBuilder rest = new StringBuilder();
        for (long i = 1; i < id.size(); i++) {
            rest.append(hex.toHexDigits((byte) id.u8(i)));
        }
        return GLOBAL.resolve(".build-id")
                .resolve(hex.toHexDigits((byte) id.u8(0)))
                .resolve(rest + ".debug");
    }

    private static Stream<Path> byLink(ElfBinary binary) {
        Path directory =
                Optional.ofNullable(binary.path().toAbsolutePath().getParent()).orElse(Path.of("/"));
        return binary.section(".gnu_debuglink").stream()
                .map(section -> binary.content(section).text(0))
                .filter(name -> !name.isEmpty() && name.indexOf('/') < 0)
                .flatMap(name -> Stream.of(
                        directory.resolve(name),
                        directory.resolve(".debug").resolve(name),
                        Path.of(GLOBAL + directory.toString()).resolve(name)))
                .filter(candidate -> !candidate.equals(binary.path().toAbsolutePath()));
    }
}
