package dev.skep.verifier.program;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.map.MapSpec;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.SpecialField.Kind;
import dev.skep.verifier.value.KernelType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds the kernel's fields in the type of a map's values or of an object ({@code btf_parse_fields}): in the struct itself, in structs
 * and arrays in it. Fields that are misaligned, or hidden behind a typedef, are not seen, as the kernel does not see them.
 */
final class SpecialFieldReader {
    /** How deep structs may nest ({@code MAX_RESOLVE_DEPTH}). */
    private static final int MAXIMUM_DEPTH = 32;

    /** How many fields there may be ({@code BTF_FIELDS_MAX}). */
    private static final int MAXIMUM_FIELDS = 11;

    private static final Set<Kind> IN_OBJECTS = EnumSet.of(
            Kind.SPIN_LOCK,
            Kind.RES_SPIN_LOCK,
            Kind.LIST_HEAD,
            Kind.LIST_NODE,
            Kind.RB_ROOT,
            Kind.RB_NODE,
            Kind.REFCOUNT,
            Kind.KPTR_UNTRUSTED,
            Kind.KPTR_REF,
            Kind.KPTR_PERCPU);

    private static final Set<Kind> IN_MAPS = EnumSet.complementOf(EnumSet.of(Kind.LIST_NODE, Kind.RB_NODE));

    /** Fields of which there is one at most. */
    private static final Set<Kind> SINGLE =
            EnumSet.of(Kind.SPIN_LOCK, Kind.RES_SPIN_LOCK, Kind.TIMER, Kind.WORKQUEUE, Kind.TASK_WORK, Kind.REFCOUNT);

    private final Btf btf;
    private final FieldPointers pointers;
    private final Set<Kind> wanted;
    private final Set<Kind> seen = EnumSet.noneOf(Kind.class);
    private final List<SpecialField> fields = new ArrayList<>();

    private SpecialFieldReader(Btf btf, Optional<Btf> kernel, Set<Kind> wanted) {
        this.btf = btf;
        this.wanted = wanted;
        pointers = new FieldPointers(btf, kernel);
    }

    /**
     * The fields of a map's values.
     *
     * @throws Refusal if the fields are wrong, or the map is of a type that cannot have them
     */
    static List<SpecialField> read(Btf btf, Optional<Btf> kernel, MapSpec map) {
        SpecialFieldReader reader = new SpecialFieldReader(btf, kernel, IN_MAPS);
        int values = map.dataSection() != 0 ? map.dataSection() : map.valueType();
        if (values == 0) {
            return List.of();
        }
        int type = btf.strip(values);
        switch (btf.type(type)) {
            case BtfType.Composite composite when !composite.union() -> reader.structure(type, composite, 0, 0);
            case BtfType.DataSection section -> reader.section(section);
            default -> {
                return List.of();
            }
        }
        List<SpecialField> found = reader.finish();
        FieldMaps.check(map, found);
        return found;
    }

    /** The fields of an object that {@code bpf_obj_new} makes. @throws Refusal if they are wrong */
    static List<SpecialField> readObject(KernelType type, Optional<Btf> kernel) {
        SpecialFieldReader reader = new SpecialFieldReader(type.btf(), kernel, IN_OBJECTS);
        if (type.btf().type(type.id()) instanceof BtfType.Composite composite) {
            reader.structure(type.id(), composite, 0, 0);
        }
        return reader.finish();
    }

    private void section(BtfType.DataSection section) {
        for (BtfType.SectionVariable place : section.variables()) {
            if (btf.type(place.type()) instanceof BtfType.Variable variable) {
                field(variable.type(), place.offset(), place.type(), -1, 0);
            }
        }
    }

    /** @param start where it lies in the value, in bytes */
    private void structure(int type, BtfType.Composite structure, int start, int depth) {
        for (int i = 0; i < structure.members().size(); i++) {
            BtfType.Member member = structure.members().get(i);
            if (member.bitfieldSize() == 0) {
                field(member.type(), start + member.bitOffset() / 8, type, i, depth);
            }
        }
    }

    /** @param owner the variable, or with {@code component} the struct, whose declaration tags tell of the field */
    private void field(int declared, int offset, int owner, int component, int depth) {
        int type = declared;
        int elements = 1;
        while (btf.type(type) instanceof BtfType.Array array) {
            elements *= array.length();
            type = array.element();
        }
        if (elements == 0) {
            return;
        }
        if (!(btf.type(type) instanceof BtfType.Composite inner) || inner.union()) {
            int count = elements;
            pointers.pointer(type)
                    .filter(found -> wanted.contains(found.kind()) && offset % 8 == 0)
                    .ifPresent(found -> repeat(found.at(offset), count));
            return;
        }
        Optional<Kind> kind = FieldNames.kindOf(inner.name()).filter(wanted::contains);
        if (kind.isEmpty()) {
            nested(type, inner, offset, elements, depth);
        } else if (isSeen(kind.get(), offset, inner.size())) {
            SpecialField found = kind.get().isGraphRoot()
                    ? pointers.root(kind.get(), offset, owner, component)
                    : new SpecialField(kind.get(), offset, inner.size(), Optional.empty(), 0);
            repeat(found, elements);
        }
    }

    private boolean isSeen(Kind kind, int offset, int size) {
        if (SINGLE.contains(kind) && !seen.add(kind)) {
            throw refused("there is more than one struct " + kind.typeName());
        }
        return offset % FieldNames.alignment(kind) == 0 && size == kind.size();
    }

    private void nested(int type, BtfType.Composite inner, int offset, int elements, int depth) {
        if (depth + 1 >= MAXIMUM_DEPTH) {
            throw refused("structs are nested too deep");
        }
        int before = fields.size();
        structure(type, inner, offset, depth + 1);
        List<SpecialField> found = List.copyOf(fields.subList(before, fields.size()));
        for (int i = 1; i < elements; i++) {
            for (SpecialField field : found) {
                add(repeatable(field).shifted(i * inner.size()));
            }
        }
    }

    private void repeat(SpecialField field, int elements) {
        add(field);
        for (int i = 1; i < elements; i++) {
            add(repeatable(field).shifted(i * field.size()));
        }
    }

    /** Pointers and roots may be elements of arrays, other fields may not ({@code btf_repeat_fields}). */
    private static SpecialField repeatable(SpecialField field) {
        if (!field.kind().isKptr() && !field.kind().isGraphRoot()) {
            throw refused("an array of struct " + field.kind().typeName());
        }
        return field;
    }

    private void add(SpecialField field) {
        if (fields.size() == MAXIMUM_FIELDS) {
            throw refused("more than " + MAXIMUM_FIELDS + " fields of the kernel's");
        }
        fields.add(field);
    }

    private List<SpecialField> finish() {
        boolean locked = has(Kind.SPIN_LOCK) || has(Kind.RES_SPIN_LOCK);
        if (has(Kind.SPIN_LOCK) && has(Kind.RES_SPIN_LOCK)) {
            throw refused("both a struct bpf_spin_lock and a struct bpf_res_spin_lock");
        }
        if ((has(Kind.LIST_HEAD) || has(Kind.RB_ROOT)) && !locked) {
            throw refused("a list or tree without a struct bpf_spin_lock beside it");
        }
        if (has(Kind.LIST_NODE) && has(Kind.RB_NODE) && !has(Kind.REFCOUNT)) {
            throw refused("nodes of a list and of a tree without a struct bpf_refcount");
        }
        fields.sort(Comparator.comparingInt(SpecialField::offset));
        for (int i = 1; i < fields.size(); i++) {
            if (fields.get(i).offset() < fields.get(i - 1).end()) {
                throw refused("fields of the kernel's that overlap");
            }
        }
        return List.copyOf(fields);
    }

    private boolean has(Kind kind) {
        return fields.stream().anyMatch(field -> field.kind() == kind);
    }

    static Refusal refused(String what) {
        return new Refusal(Cause.SPECIAL_FIELD, "the type of the values is not allowed: " + what);
    }

    /** The id of a struct of this name, 0 if there is none. */
    static int structNamed(Btf btf, String name) {
        OptionalInt id = btf.find(name, BtfType.Composite.class);
        return id.orElse(0);
    }
}
