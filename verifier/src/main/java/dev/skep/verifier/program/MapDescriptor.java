package dev.skep.verifier.program;

import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.verifier.kernel.MapFlag;
import java.util.List;
import java.util.Optional;

/**
 * A map as the verifier sees it: what the object says, and which fields of its values belong to the kernel. Maps are told apart
 * by identity, as two with the same shape are still two.
 */
public final class MapDescriptor {
    /** {@code BPF_F_RDONLY_PROG} (linux/bpf.h). */
    public static final int BPF_F_RDONLY_PROG = 1 << 7;

    /** {@code BPF_F_WRONLY_PROG} (linux/bpf.h). */
    public static final int BPF_F_WRONLY_PROG = 1 << 8;

    private final MapSpec spec;
    private final List<SpecialField> fields;
    private final Optional<MapDescriptor> inner;
    private final Optional<String> problem;

    /** @param fields ascending by offset @param inner for maps of maps */
    public MapDescriptor(MapSpec spec, List<SpecialField> fields, Optional<MapDescriptor> inner) {
        this(spec, fields, inner, Optional.empty());
    }

    /** @param problem why the kernel would not create the map, if it would not */
    MapDescriptor(MapSpec spec, List<SpecialField> fields, Optional<MapDescriptor> inner, Optional<String> problem) {
        this.spec = spec;
        this.fields = List.copyOf(fields);
        this.inner = inner;
        this.problem = problem;
    }

    /** Why the kernel would not create the map, because of the fields in the type of its values; empty if it would. */
    public Optional<String> problem() {
        return problem;
    }

    public MapSpec spec() {
        return spec;
    }

    public String name() {
        return spec.name();
    }

    public MapType type() {
        return spec.type();
    }

    public int keySize() {
        return spec.keySize();
    }

    /** Bytes of a value, of one CPU. */
    public int valueSize() {
        return spec.valueSize();
    }

    /** Fields of its values that belong to the kernel, ascending by offset. */
    public List<SpecialField> fields() {
        return fields;
    }

    public Optional<MapDescriptor> inner() {
        return inner;
    }

    /** The field that starts at {@code offset}. */
    public Optional<SpecialField> fieldAt(long offset) {
        return fields.stream().filter(field -> field.offset() == offset).findFirst();
    }

    /** The only field of this kind, or the first. */
    public Optional<SpecialField> field(SpecialField.Kind kind) {
        return fields.stream().filter(field -> field.kind() == kind).findFirst();
    }

    public boolean has(SpecialField.Kind kind) {
        return field(kind).isPresent();
    }

    /** Programs may write its values. */
    public boolean writable() {
        return (spec.flags() & BPF_F_RDONLY_PROG) == 0 && !isConstant();
    }

    /** Programs may read its values. */
    public boolean readable() {
        return (spec.flags() & BPF_F_WRONLY_PROG) == 0;
    }

    /** Frozen before the program is loaded: loads from it give known numbers. */
    public boolean isConstant() {
        return spec.role() == MapSpec.Role.RODATA || spec.role() == MapSpec.Role.KCONFIG;
    }

    @Override
    public String toString() {
        return name();
    }

    /** Elements are allocated as they are added ({@code !check_map_prealloc}). */
    public boolean grows() {
        boolean hash = switch (type()) {
            case HASH, PERCPU_HASH, HASH_OF_MAPS -> true;
            default -> false;
        };
        return hash && MapFlag.of(spec.flags()).contains(MapFlag.NO_PREALLOC);
    }
}
