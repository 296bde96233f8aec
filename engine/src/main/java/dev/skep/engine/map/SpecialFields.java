package dev.skep.engine.map;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.map.MapSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the fields of a value that belong to the kernel by their BTF type, as kernel/bpf/btf.c does: structures named {@code
 * bpf_spin_lock} and so on, and pointers with a {@code kptr} type tag, at any depth of structures and arrays.
 */
final class SpecialFields {
    private static final Set<String> KERNEL_POINTER_TAGS = Set.of("kptr", "kptr_untrusted", "percpu_kptr", "uptr");
    /** Forged BTF may nest without end. */
    private static final int MAX_DEPTH = 16;
    /** Nor need it nest deeply to be large. */
    private static final int MAX_VISITS = 10_000;
    /** The kernel knows at most 11 such fields in a value (BTF_FIELDS_MAX). */
    private static final int MAX_FIELDS = 11;

    private final Btf btf;
    private final int valueSize;
    private final List<ValueFields.Field> found = new ArrayList<>();
    private int visits;

    private SpecialFields(Btf btf, int valueSize) {
        this.btf = btf;
        this.valueSize = valueSize;
    }

    /**
     * The special fields of a map's value, or of the variables in a section of globals; none if its type is not known.
     *
     * @throws InputException if the kind of map cannot have them, or programs have not full access to them
     */
    static ValueFields of(MapSpec spec, Btf btf) {
        int type = spec.valueType() != 0 ? spec.valueType() : spec.dataSection();
        if (type <= 0 || type >= btf.typeCount()) {
            return ValueFields.NONE;
        }
        SpecialFields search = new SpecialFields(btf, spec.valueSize());
        search.visit(type, 0, 0);
        search.found.forEach(field -> requireAllowed(spec, field.kind()));
        search.found.sort(Comparator.comparingInt(ValueFields.Field::offset));
        return search.found.isEmpty() ? ValueFields.NONE : new ValueFields(withoutOverlaps(search.found));
    }

    private static void requireAllowed(MapSpec spec, ValueFields.Kind kind) {
        if (!kind.allowedIn().contains(spec.type())) {
            throw new InputException(
                    Location.in("map " + spec.name()),
                    "a " + spec.type().uapiName() + " cannot hold a " + kind.typeName,
                    "use an array or a hash");
        }
        if ((spec.flags() & (MapFlags.RDONLY_PROG | MapFlags.WRONLY_PROG)) != 0) {
            throw new InputException(
                    Location.in("map " + spec.name()),
                    "programs have to read and write its " + kind.typeName,
                    "leave out BPF_F_RDONLY_PROG and BPF_F_WRONLY_PROG");
        }
    }

    private void visit(int type, int offset, int depth) {
        visits++;
        if (depth > MAX_DEPTH || visits > MAX_VISITS || found.size() >= MAX_FIELDS) {
            return;
        }
        int stripped = btf.strip(type);
        switch (btf.type(stripped)) {
            case BtfType.Composite composite -> visitComposite(composite, offset, depth);
            case BtfType.Array array -> visitArray(array, offset, depth);
            case BtfType.DataSection section ->
                section.variables().forEach(v -> visit(v.type(), offset + v.offset(), depth + 1));
            case BtfType.Variable variable -> visit(variable.type(), offset, depth + 1);
            case BtfType.Pointer pointer when isKernelPointer(pointer) -> add(ValueFields.Kind.KERNEL_POINTER, offset);
            default -> {
                // Plain data.
            }
        }
    }

    private void visitComposite(BtfType.Composite composite, int offset, int depth) {
        Optional<ValueFields.Kind> kind = kindOf(composite.name());
        if (kind.isPresent()) {
            add(kind.get(), offset);
            return;
        }
        for (BtfType.Member member : composite.members()) {
            visit(member.type(), offset + member.bitOffset() / 8, depth + 1);
        }
    }

    private void visitArray(BtfType.Array array, int offset, int depth) {
        long elementSize = sizeOf(array.element(), 0);
        for (int i = 0; i < Math.min(array.length(), MAX_FIELDS); i++) {
            long at = offset + i * elementSize;
            if (at < valueSize) {
                visit(array.element(), (int) at, depth + 1);
            }
        }
    }

    private static Optional<ValueFields.Kind> kindOf(String typeName) {
        for (ValueFields.Kind kind : ValueFields.Kind.values()) {
            if (kind.typeName.equals(typeName)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private boolean isKernelPointer(BtfType.Pointer pointer) {
        return btf.type(pointer.target()) instanceof BtfType.TypeTag tag && KERNEL_POINTER_TAGS.contains(tag.name());
    }

    private void add(ValueFields.Kind kind, int offset) {
        if (offset >= 0 && offset <= valueSize - kind.size) {
            found.add(new ValueFields.Field(kind, offset));
        }
    }

    private long sizeOf(int type, int depth) {
        if (depth > MAX_DEPTH) {
            return valueSize;
        }
        return switch (btf.type(btf.strip(type))) {
            case BtfType.Composite composite -> composite.size();
            case BtfType.Pointer ignored -> 8;
            case BtfType.Array array -> array.length() * sizeOf(array.element(), depth + 1);
            default -> valueSize;
        };
    }

    /** Forged BTF may let fields overlap; then the first one counts. */
    private static List<ValueFields.Field> withoutOverlaps(List<ValueFields.Field> sorted) {
        List<ValueFields.Field> fields = new ArrayList<>();
        int end = 0;
        for (ValueFields.Field field : sorted) {
            if (field.offset() >= end) {
                fields.add(field);
                end = field.offset() + field.kind().size;
            }
        }
        return fields;
    }
}
