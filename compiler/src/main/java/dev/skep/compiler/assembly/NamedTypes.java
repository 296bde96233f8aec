package dev.skep.compiler.assembly;

import dev.skep.compiler.code.CompiledFunction;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.CompilationUnit;
import dev.skep.compiler.unit.MapDeclaration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The structs and unions that a unit defines, by name: what a {@link CType.Named} stands for. */
final class NamedTypes {
    private final Map<CType.Named, CType.Composite> definitions = new HashMap<>();
    private final Set<CType> visited = new HashSet<>();

    private NamedTypes() {}

    /** All that the maps, globals, functions and relocations of {@code unit} mention. */
    static NamedTypes of(CompilationUnit unit, List<CompiledFunction> functions) {
        NamedTypes types = new NamedTypes();
        unit.maps().forEach(types::collect);
        unit.globals().forEach(section -> section.variables().forEach(v -> types.collect(v.type())));
        unit.kernelFunctions().forEach(f -> types.collect(f.prototype()));
        unit.structOps().forEach(ops -> types.collect(ops.type()));
        for (CompiledFunction function : functions) {
            types.collect(function.function().prototype());
            function.relocations().forEach(r -> types.collect(r.path().root()));
        }
        return types;
    }

    /** The struct or union of that name; of several the first. */
    Optional<CType.Composite> definition(CType.Named named) {
        return Optional.ofNullable(definitions.get(named));
    }

    private void collect(MapDeclaration map) {
        map.key().ifPresent(this::collect);
        map.value().ifPresent(this::collect);
        map.inner().ifPresent(this::collect);
    }

    private void collect(CType type) {
        if (!visited.add(type)) {
            return;
        }
        switch (type) {
            case CType.Void nothing -> {}
            case CType.Scalar scalar -> {}
            case CType.Enumeration enumeration -> {}
            case CType.Named named -> {}
            case CType.Pointer pointer -> collect(pointer.target());
            case CType.Array array -> collect(array.element());
            case CType.Composite composite -> {
                if (!composite.name().isEmpty()) {
                    definitions.putIfAbsent(new CType.Named(composite.name(), composite.union()), composite);
                }
                composite.members().forEach(m -> collect(m.type()));
            }
            case CType.Prototype prototype -> {
                collect(prototype.result());
                prototype.parameters().forEach(p -> collect(p.type()));
            }
        }
    }
}
