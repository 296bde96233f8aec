package dev.skep.cli.program;

import dev.skep.cli.CliException;
import dev.skep.cli.ExitCode;
import dev.skep.cli.input.InputFile;
import dev.skep.cli.types.KernelTypes;
import dev.skep.compiler.code.Target;
import dev.skep.compiler.java.ClassSource;
import dev.skep.compiler.java.JavaFrontEnd;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.lang.Struct;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.file.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file with BPF programs: an object file, a compiled Java class, or Java source, which is compiled first. Classes that a class
 * uses are looked for beside it, by their package.
 */
public final class ProgramFile {
    private static final int CLASS_MAGIC = 0xcafebabe;

    private ProgramFile() {}

    /**
     * Reads the file. Java is compiled for the kernel of this machine, if it is Linux.
     *
     * @throws InputException if it is no object file and no class, or a broken one
     * @throws CliException with a line for each mistake if it is Java that cannot be compiled
     */
    public static BpfObject read(InputFile file) throws IOException {
        return read(file, file.read(), ofThisMachine());
    }

    private static Target ofThisMachine() {
        return Files.isReadable(KernelTypes.RUNNING_KERNEL)
                ? Target.of(KernelRelease.running().version())
                : Target.NEWEST;
    }

    /** Reads what was read of the file already; Java is compiled for {@code target}. */
    public static BpfObject read(InputFile file, byte[] content, Target target) throws IOException {
        if (isClass(content)) {
            return JavaFrontEnd.compile(JavaFrontEnd.read(beside(file, content), mainClass(content), target), target);
        }
        if (file.name().endsWith(".java")) {
            CompiledJava java = CompiledJava.of(file.shownName(), content);
            Map<String, byte[]> classes = java.classes();
            String stem = Path.of(file.name()).getFileName().toString().replaceFirst("\\.java$", "");
            String main = classes.keySet().stream()
                    .filter(name -> name.equals(stem) || name.endsWith("/" + stem))
                    .findFirst()
                    .orElseThrow(() -> new InputException(
                            Location.in(file.shownName()),
                            "declares no class " + stem,
                            "name the file after the class with the programs"));
            CompilationUnit unit = JavaFrontEnd.read(
                    name -> Optional.ofNullable(classes.get(name)).or(() -> ofLanguage(name)), main, target);
            List<String> lines =
                    new String(content, StandardCharsets.UTF_8).lines().toList();
            return JavaFrontEnd.compile(unit.withSources(Map.of(stem + ".java", lines)), target);
        }
        return ObjectReader.read(content, file.shownName());
    }

    private static boolean isClass(byte[] content) {
        return content.length > 4 && ByteBuffer.wrap(content).getInt() == CLASS_MAGIC;
    }

    private static String mainClass(byte[] content) {
        return ClassFile.of().parse(content).thisClass().asInternalName();
    }

    /** Classes in the folders above a class file, as its package says. */
    private static ClassSource beside(InputFile file, byte[] content) {
        String main = mainClass(content);
        Optional<Path> root = file.isStandardInput() ? Optional.empty() : root(Path.of(file.name()), main);
        return name -> name.equals(main)
                ? Optional.of(content)
                : root.flatMap(folder -> read(folder.resolve(name + ".class"))).or(() -> ofLanguage(name));
    }

    private static Optional<Path> root(Path file, String internalName) {
        Path folder = file.toAbsolutePath().normalize();
        long levels = internalName.chars().filter(c -> c == '/').count() + 1;
        for (long level = 0; level < levels; level++) {
            folder = Optional.ofNullable(folder.getParent()).orElse(folder);
        }
        return Optional.of(folder);
    }

    private static Optional<byte[]> read(Path path) {
        try {
            return Files.isRegularFile(path) ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
        } catch (IOException e) {
            throw new CliException(ExitCode.BAD_INPUT, path + ": cannot be read: " + e.getMessage());
        }
    }

    /** A class of {@code dev.skep.lang}, which programs are written with. */
    private static Optional<byte[]> ofLanguage(String internalName) {
        try (InputStream stream = Struct.class.getModule().getResourceAsStream(internalName + ".class")) {
            return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
        } catch (IOException e) {
            throw new CliException(ExitCode.UNAVAILABLE, "a class of Skep's own cannot be read: " + e.getMessage());
        }
    }
}
