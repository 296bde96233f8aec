package dev.skep.linux.load;

import dev.skep.linux.feature.Feature;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Rewrites types for kernels that know fewer kinds of them (libbpf's {@code bpf_object__sanitize_btf}). Ids stay as they are; what a
 * kernel does not know becomes something of the same size that it does.
 */
final class TypeSanitizer {
    private final Btf types;
    private final Predicate<Feature> has;

    private TypeSanitizer(Btf types, Predicate<Feature> has) {
        this.types = types;
        this.has = has;
    }

    /** @param has what the kernel can do; not asked about kinds that {@code types} does not have */
    static Btf forKernel(Btf types, Predicate<Feature> has) {
        TypeSanitizer sanitizer = new TypeSanitizer(types, has);
        Map<Integer, BtfType> changed = new HashMap<>();
        for (int id = 1; id < types.typeCount(); id++) {
            if (!isAsOldAsBtf(types.kind(id))) {
                BtfType old = types.type(id);
                BtfType sane = sanitizer.sane(old);
                if (!sane.equals(old)) {
                    changed.put(id, sane);
                }
            }
        }
        if (changed.isEmpty()) {
            return types;
        }
        BtfBuilder builder = new BtfBuilder();
        builder.append(types);
        changed.forEach(builder::set);
        return builder.build();
    }

    /** Kinds that every kernel with BTF knows, so that there is nothing to decode of most types. */
    private static boolean isAsOldAsBtf(BtfKind kind) {
        return switch (kind) {
            case INT, PTR, ARRAY, STRUCT, UNION, FWD, TYPEDEF, VOLATILE, CONST, RESTRICT -> true;
            default -> false;
        };
    }

    private BtfType sane(BtfType type) {
        return switch (type) {
            case BtfType.Variable t when lacks(Feature.BTF_DATASEC) -> integer(1);
            case BtfType.DeclarationTag t when lacks(Feature.BTF_DECL_TAG) -> integer(1);
            case BtfType.DataSection t when lacks(Feature.BTF_DATASEC) -> dataSectionAsStruct(t);
            case BtfType.DataSection t
            when t.name().startsWith("?") && lacks(Feature.BTF_QMARK_DATASEC) ->
                new BtfType.DataSection(t.name().replace('?', '_'), t.size(), t.variables());
            case BtfType.FunctionPrototype t
            when lacks(Feature.BTF_FUNC) -> new BtfType.Enumeration("", Integer.BYTES, false, false, List.of());
            case BtfType.Function t when lacks(Feature.BTF_FUNC) -> new BtfType.Typedef(t.name(), t.prototype());
            case BtfType.Function t
            when t.linkage() == BtfType.Linkage.GLOBAL && lacks(Feature.BTF_GLOBAL_FUNC) ->
                new BtfType.Function(t.name(), BtfType.Linkage.STATIC, t.prototype());
            case BtfType.Float t when lacks(Feature.BTF_FLOAT) -> new BtfType.Composite("", false, t.size(), List.of());
            case BtfType.TypeTag t
            when lacks(Feature.BTF_TYPE_TAG) -> new BtfType.Qualified(BtfType.Qualifier.CONST, t.target());
            case BtfType.Enumeration t when t.wide() && lacks(Feature.BTF_ENUM64) -> wideAsUnion(t);
            case BtfType.Enumeration t when !t.wide() && t.signed() && lacks(Feature.BTF_ENUM64) -> unsigned(t);
            default -> type;
        };
    }

    private boolean lacks(Feature feature) {
        return !has.test(feature);
    }

    private static BtfType.Int integer(int bytes) {
        return new BtfType.Int("", bytes, false, false, false, 0, bytes * Byte.SIZE);
    }

    private BtfType dataSectionAsStruct(BtfType.DataSection section) {
        List<BtfType.Member> members = section.variables().stream()
                .map(v -> new BtfType.Member(types.name(v.type()), v.type(), v.offset() * Byte.SIZE, 0))
                .toList();
        return new BtfType.Composite(section.name().replaceAll("[.?]", "_"), false, section.size(), members);
    }

    /** A union of its size; what its enumerators are matters to nobody in the kernel. */
    private static BtfType wideAsUnion(BtfType.Enumeration type) {
        return new BtfType.Composite(type.name(), true, type.size(), List.of());
    }

    /** Kernels before 6.0 refuse the flag that says that enumerators are signed. */
    private static BtfType.Enumeration unsigned(BtfType.Enumeration type) {
        List<BtfType.Enumerator> enumerators = type.enumerators().stream()
                .map(e -> new BtfType.Enumerator(e.name(), Integer.toUnsignedLong((int) e.value())))
                .toList();
        return new BtfType.Enumeration(type.name(), type.size(), false, false, enumerators);
    }
}
