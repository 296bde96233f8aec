package dev.skep.object.corpus;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.core.CoreTarget;
import dev.skep.object.file.ObjectReader;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The C programs under {@code src/test/c} and their compilers. */
final class Corpus {
    /** Where Maven runs the tests of this module: its folder. */
    static final Path FOLDER = Path.of("src/test/c");

    /** The types of the running kernel. */
    static final Path KERNEL_TYPES = Path.of("/sys/kernel/btf/vmlinux");

    static final List<String> COMPILERS = List.of("clang-14", "clang-19", "clang-22");
    static final List<String> CPUS = List.of("v1", "v2", "v3", "v4");

    private Corpus() {}

    /** A program. @param withTarget it gives the target's types as well, when compiled with -DTARGET */
    record Source(String name, boolean withTarget) {
        Path file() {
            return Path.of(withTarget ? "core" : "corpus", name + ".c");
        }

        /** Where its committed object is. */
        Path folder() {
            return FOLDER.resolve(withTarget ? "core" : "corpus");
        }

        /** What libbpf made of the committed object. */
        Path golden() {
            return folder().resolve(name + ".golden");
        }

        @Override
        public String toString() {
            return file().toString();
        }
    }

    /**
     * A compiled program.
     *
     * @param target the object that has the target's types
     * @param forKernel it is to be fitted to the running kernel's types
     */
    record Compiled(Path object, Optional<Path> target, boolean forKernel) {
        /** The program in the words of {@code libbpf_dump}, or the error that ends it. */
        String dump() {
            try {
                String name = object.getFileName().toString();
                return ObjectDump.of(ObjectReader.read(read(object), name), targets());
            } catch (InputException e) {
                return "error: " + e.getMessage() + "\n";
            }
        }

        private List<CoreTarget> targets() {
            if (forKernel) {
                Location where = Location.in(KERNEL_TYPES.toString());
                return List.of(new CoreTarget("vmlinux", Btf.open(read(KERNEL_TYPES), where)));
            }
            return target.stream()
                    .map(file -> ObjectReader.read(read(file), file.toString()).btf())
                    .map(btf -> new CoreTarget("target", btf))
                    .toList();
        }
    }

    static Stream<Source> sources() {
        return Stream.concat(named("corpus", false), named("core", true));
    }

    private static Stream<Source> named(String folder, boolean withTarget) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".c"))
                    .map(file -> new Source(file.substring(0, file.length() - 2), withTarget))
                    .sorted(Comparator.comparing(Source::name))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** True if {@code compiler} knows {@code cpu}: v4 came with clang 17. */
    static boolean supports(String compiler, String cpu) {
        return !cpu.equals("v4") || Integer.parseInt(compiler.substring("clang-".length())) >= 17;
    }

    /** Compiles all programs into {@code folder}, but for those that need a newer compiler. */
    static void compile(String compiler, String cpu, Path folder) {
        Tools.run(
                        List.of(
                                FOLDER.resolve("build.sh").toAbsolutePath().toString(),
                                compiler,
                                cpu,
                                folder.toAbsolutePath().toString()),
                        Duration.ofMinutes(5))
                .expectSuccess();
    }

    /** What is in {@code folder} of a program, if its compiler could compile it. */
    static Optional<Compiled> compiled(Source source, Path folder) {
        Path object = folder.resolve(source.name() + ".o");
        if (!Files.exists(object)) {
            return Optional.empty();
        }
        Path target = folder.resolve(source.name() + ".target.o");
        String text = new String(read(FOLDER.resolve(source.file())), StandardCharsets.UTF_8);
        return Optional.of(new Compiled(
                object,
                source.withTarget() ? Optional.of(target) : Optional.empty(),
                text.startsWith("// target: kernel\n")));
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
