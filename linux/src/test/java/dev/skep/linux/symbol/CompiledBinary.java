package dev.skep.linux.symbol;

import dev.skep.testkit.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Programs and libraries compiled by gcc for a test, each in its own way. */
public final class CompiledBinary {
    private static final Path SOURCES = Path.of("src/test/c/host");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private CompiledBinary() {}

    /** How {@code probed.c} is compiled. */
    public enum Variant {
        PIE("-fPIE", "-pie"),
        FIXED("-fno-pie", "-no-pie"),
        STATIC("-static"),
        /** Without {@code .symtab}: only exported functions have names. */
        STRIPPED("-fPIE", "-pie", "-s", "-rdynamic"),
        /** What {@link #STRIPPED} lacks lies in a file of its own beside it. */
        SEPARATE_SYMBOLS("-fPIE", "-pie");

        private final List<String> options;

        Variant(String... options) {
            this.options = List.of(options);
        }
    }

    /** Compiles {@code probed.c}. @return the program */
    public static Path program(Path folder, Variant variant) {
        Path program = folder.resolve("probed-" + variant);
        List<String> command = new ArrayList<>(List.of("gcc", "-O2", "-o", program.toString()));
        command.addAll(variant.options);
        command.add(SOURCES.resolve("probed.c").toString());
        run(command);
        if (variant == Variant.SEPARATE_SYMBOLS) {
            String debug = program + ".debug";
            run(List.of("objcopy", "--only-keep-debug", program.toString(), debug));
            run(List.of("objcopy", "--strip-all", "--add-gnu-debuglink=" + debug, program.toString()));
        }
        return program;
    }

    /** Compiles {@code versioned.c}. @return the library */
    public static Path library(Path folder) {
        Path library = folder.resolve("libversioned.so.1");
        run(List.of(
                "gcc",
                "-O2",
                "-fPIC",
                "-shared",
                "-o",
                library.toString(),
                "-Wl,--version-script=" + SOURCES.resolve("versioned.map"),
                SOURCES.resolve("versioned.c").toString()));
        return library;
    }

    /** Compiles another source of the same folder. */
    public static Path program(Path folder, String source, String... options) {
        Path program = folder.resolve(source.replace(".c", ""));
        List<String> command = new ArrayList<>(List.of("gcc", "-O2", "-o", program.toString()));
        command.addAll(List.of(options));
        command.add(SOURCES.resolve(source).toString());
        run(command);
        return program;
    }

    private static void run(List<String> command) {
        Tools.run(command, PATIENCE).expectSuccess();
    }
}
