package dev.skep.object.core;

import dev.skep.object.btf.BtfExt.CoreRelocation;
import dev.skep.object.btf.BtfType;
import java.util.ArrayList;
import java.util.List;

/** Reads what the compiler wrote about an access, checking it against the program's own types (libbpf, {@code bpf_core_parse_spec}). */
final class LocalAccess {
    private final TypeSpace space;
    private final CoreRelocation relocation;

    private LocalAccess(TypeSpace space, CoreRelocation relocation) {
        this.space = space;
        this.relocation = relocation;
    }

    /** @throws CoreFailure if the access string does not fit the types */
    static AccessSpec of(TypeSpace program, CoreRelocation relocation) {
        return new LocalAccess(program, relocation).read();
    }

    private AccessSpec read() {
        int root = relocation.typeId();
        space.type(root);
        AccessPath path = new AccessPath(space, root);
        switch (RelocationGroup.of(relocation.kind())) {
            case TYPE -> {
                if (!relocation.access().equals("0")) {
                    throw unfit("a relocation of a type has the access string 0");
                }
            }
            case ENUMERATOR -> enumerator(path, numbers());
            case FIELD -> field(path, numbers());
        }
        return path.toSpec(relocation.kind());
    }

    private List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (String part : relocation.access().split(":", -1)) {
            if (part.isEmpty() || part.length() > 9 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw unfit("it is not numbers with colons between them");
            }
            numbers.add(Integer.parseInt(part));
        }
        return numbers;
    }

    private void enumerator(AccessPath path, List<Integer> numbers) {
        int id = space.strip(relocation.typeId());
        int index = numbers.getFirst();
        if (!(space.type(id) instanceof BtfType.Enumeration enumeration)
                || numbers.size() > 1
                || index >= enumeration.enumerators().size()) {
            throw unfit("it does not select an enumerator of that type");
        }
        path.enumerator(id, index, enumeration.enumerators().get(index).name());
    }

    private void field(AccessPath path, List<Integer> numbers) {
        int id = space.strip(relocation.typeId());
        path.element(id, numbers.getFirst());
        for (int index : numbers.subList(1, numbers.size())) {
            id = space.strip(id);
            id = switch (space.type(id)) {
                case BtfType.Composite composite -> member(path, id, composite, index);
                case BtfType.Array array -> element(path, array, index);
                case BtfType other -> throw unfit("index " + index + " is taken of a " + TypeText.kind(other));
            };
        }
    }

    private int member(AccessPath path, int id, BtfType.Composite composite, int index) {
        if (index >= composite.members().size()) {
            throw unfit(TypeText.of(composite) + " has " + composite.members().size() + " members, not " + (index + 1));
        }
        BtfType.Member member = composite.members().get(index);
        path.enter(index, Integer.toUnsignedLong(member.bitOffset()));
        if (!member.name().isEmpty()) {
            path.named(id, index, member.name());
        }
        return member.type();
    }

    private int element(AccessPath path, BtfType.Array array, int index) {
        if (Integer.compareUnsigned(index, array.length()) >= 0 && !path.atFlexibleArray(array.length())) {
            throw unfit("index " + index + " is beyond an array of " + Integer.toUnsignedString(array.length()));
        }
        int element = space.strip(array.element());
        path.element(element, index);
        return element;
    }

    private CoreFailure unfit(String why) {
        return new CoreFailure(
                "access string \"" + relocation.access() + "\" does not fit "
                        + TypeText.of(space.type(relocation.typeId())) + " [" + relocation.typeId() + "]: " + why,
                "the object's BTF and .BTF.ext disagree; compile it again");
    }
}
