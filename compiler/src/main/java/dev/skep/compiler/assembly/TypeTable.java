package dev.skep.compiler.assembly;

import dev.skep.compiler.type.CType;
import dev.skep.compiler.type.CType.Scalar.Encoding;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The BTF of an object in the making: every type once, however often it is asked for. */
final class TypeTable {
    private final BtfBuilder types = new BtfBuilder();
    private final Map<CType, Integer> ids = new HashMap<>();
    private final Map<BtfType, Integer> plain = new HashMap<>();
    private final NamedTypes definitions;

    /** @param definitions where structs that are known by name only are looked up */
    TypeTable(NamedTypes definitions) {
        this.definitions = definitions;
    }

    /** The id of {@code type}, which is added with all that it refers to if it is not there yet; 0 for void. */
    int id(CType type) {
        Integer known = ids.get(type);
        if (known != null) {
            return known;
        }
        int id = switch (type) {
            case CType.Void nothing -> 0;
            case CType.Scalar scalar -> addOnce(scalar(scalar));
            case CType.Pointer pointer -> addOnce(new BtfType.Pointer(id(pointer.target())));
            case CType.Array array -> addOnce(new BtfType.Array(id(array.element()), indexType(), array.length()));
            case CType.Composite composite -> composite(composite);
            case CType.Named named -> named(named);
            case CType.Enumeration enumeration -> addOnce(enumeration(enumeration));
            case CType.Prototype prototype -> prototype(prototype);
        };
        ids.put(type, id);
        return id;
    }

    /** A new {@code FUNC}. */
    int function(String name, BtfType.Linkage linkage, CType.Prototype prototype) {
        return types.add(new BtfType.Function(name, linkage, id(prototype)));
    }

    /** A new global {@code VAR}. */
    int variable(String name, CType type) {
        return types.add(new BtfType.Variable(name, id(type), BtfType.Linkage.GLOBAL));
    }

    /** A new {@code DATASEC}. @param size in bytes */
    int dataSection(String name, int size, List<BtfType.SectionVariable> variables) {
        return types.add(new BtfType.DataSection(name, size, variables));
    }

    Btf build() {
        return types.build();
    }

    private int addOnce(BtfType type) {
        Integer known = plain.get(type);
        if (known == null) {
            known = types.add(type);
            plain.put(type, known);
        }
        return known;
    }

    private static BtfType scalar(CType.Scalar scalar) {
        return new BtfType.Int(
                scalar.name(),
                scalar.size(),
                scalar.encoding() == Encoding.SIGNED,
                scalar.encoding() == Encoding.CHARACTER,
                scalar.encoding() == Encoding.BOOLEAN,
                0,
                scalar.size() * Byte.SIZE);
    }

    /** What clang gives arrays as the type of their index. */
    private int indexType() {
        return addOnce(new BtfType.Int("__ARRAY_SIZE_TYPE__", 4, false, false, false, 0, 32));
    }

    /** Its id is known before its members are, which may point back to it. */
    private int composite(CType.Composite composite) {
        int id = types.add(new BtfType.Composite(composite.name(), composite.union(), composite.size(), List.of()));
        ids.put(composite, id);
        List<BtfType.Member> members = composite.members().stream()
                .map(m -> new BtfType.Member(m.name(), id(m.type()), m.offset() * Byte.SIZE, 0))
                .toList();
        types.set(id, new BtfType.Composite(composite.name(), composite.union(), composite.size(), members));
        return id;
    }

    private int named(CType.Named named) {
        Optional<CType.Composite> definition = definitions.definition(named);
        return definition.isPresent()
                ? id(definition.get())
                : addOnce(new BtfType.Forward(named.name(), named.union()));
    }

    private static BtfType enumeration(CType.Enumeration enumeration) {
        return new BtfType.Enumeration(
                enumeration.name(),
                enumeration.size(),
                enumeration.size() == Long.BYTES,
                enumeration.signed(),
                enumeration.enumerators().stream()
                        .map(e -> new BtfType.Enumerator(e.name(), e.value()))
                        .toList());
    }

    private int prototype(CType.Prototype prototype) {
        List<BtfType.Parameter> parameters = prototype.parameters().stream()
                .map(p -> new BtfType.Parameter(p.name(), id(p.type())))
                .toList();
        return addOnce(new BtfType.FunctionPrototype(id(prototype.result()), parameters, false));
    }
}
