package dev.skep;

import dev.skep.compiler.code.Target;
import dev.skep.compiler.java.ClassSource;
import dev.skep.compiler.java.JavaFrontEnd;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.compiler.unit.GlobalSection;
import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.host.Codec;
import dev.skep.object.map.MapSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;

/** A class compiled to BPF, not loaded yet. Immutable: what changes something returns another. */
public final class CompiledClass {
    private static final String READ_ONLY = ".rodata";

    private final ClassHost host;
    private final Class<?> type;
    private final CompilationUnit unit;
    private final BpfObject object;

    private CompiledClass(ClassHost host, Class<?> type, CompilationUnit unit, BpfObject object) {
        this.host = host;
        this.type = type;
        this.unit = unit;
        this.object = object;
    }

    static CompiledClass of(ClassHost host, Class<?> type, Target target, List<Path> sourceFolders) {
        CompilationUnit read = JavaFrontEnd.read(ClassSource.of(type.getClassLoader()), type.getName(), target);
        CompilationUnit unit = SourceFiles.into(read, type, sourceFolders);
        return new CompiledClass(host, type, unit, JavaFrontEnd.compile(unit, target));
    }

    /** The class. */
    public Class<?> type() {
        return type;
    }

    /** What it was compiled to; {@code dev.skep.object.file.ObjectWriter} makes a file of it. */
    public BpfObject object() {
        return object;
    }

    /** What the class was read as. */
    CompilationUnit unit() {
        return unit;
    }

    /**
     * Sets a {@code @Configurable} field.
     *
     * @param value a number or {@code Boolean}
     * @throws NoSuchElementException if the class has no such field, or it is not configurable
     */
    public CompiledClass with(String field, Object value) {
        GlobalSection.Variable variable = unit.globals().stream()
                .filter(section -> section.name().equals(READ_ONLY))
                .flatMap(section -> section.variables().stream())
                .filter(candidate -> candidate.name().equals(field))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(type.getName() + " has no field " + field
                        + " that can be set before it is loaded: static, not final, with @Configurable"));
        MapSpec section = object.map(READ_ONLY).orElseThrow();
        byte[] contents = Arrays.copyOf(section.contents().toArray(), section.valueSize());
        byte[] number = Codec.I64.encode(number(field, value));
        System.arraycopy(number, 0, contents, variable.offset(), variable.type().size());
        return new CompiledClass(host, type, unit, object.withMap(section.withContents(Bytes.of(contents))));
    }

    private static long number(String field, Object value) {
        return switch (value) {
            case Boolean truth -> truth ? 1 : 0;
            case Character character -> character;
            case Number number when !(value instanceof Float || value instanceof Double) -> number.longValue();
            default ->
                throw new IllegalArgumentException(
                        field + " cannot be set to " + value + ": programs know integers and boolean only");
        };
    }

    /** Loads it into the host that compiled it. @throws RuntimeException what the host throws if it refuses the programs */
    public LoadedClass load() {
        return host.load(this);
    }
}
