package dev.skep;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.unit.CompilationUnit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the source of classes, so that line information has the lines' text: class files have but numbers. */
final class SourceFiles {
    private SourceFiles() {}

    /**
     * The unit with the lines of the files that its code comes from and that are there, in the package of its class.
     *
     * @param folders where packages begin
     * @throws UncheckedIOException if a file is there but cannot be read
     */
    static CompilationUnit into(CompilationUnit unit, Class<?> type, List<Path> folders) {
        if (folders.isEmpty()) {
            return unit;
        }
        Path inPackage = Path.of(type.getPackageName().replace('.', '/'));
        Map<String, List<String>> sources = new HashMap<>();
        for (String name : names(unit)) {
            folders.stream()
                    .map(folder -> folder.resolve(inPackage).resolve(name))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .ifPresent(file -> sources.put(name, lines(file)));
        }
        return unit.withSources(sources);
    }

    private static Set<String> names(CompilationUnit unit) {
        Set<String> names = new HashSet<>();
        for (Function function : unit.functions()) {
            add(function.position(), names);
            for (Block block : function.blocks()) {
                for (Instruction instruction : block.instructions()) {
                    add(instruction.position(), names);
                }
            }
        }
        return names;
    }

    private static void add(Position position, Set<String> names) {
        if (position.isKnown()) {
            names.add(position.file());
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
