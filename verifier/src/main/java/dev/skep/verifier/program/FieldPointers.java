package dev.skep.verifier.program;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.program.SpecialField.Kind;
import dev.skep.verifier.value.KernelType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fields that lead to other types: pointers kept in maps, heads of lists and roots of trees. */
final class FieldPointers {
    private static final Map<String, Kind> BY_TAG = Map.of(
            "kptr_untrusted", Kind.KPTR_UNTRUSTED,
            "kptr", Kind.KPTR_REF,
            "percpu_kptr", Kind.KPTR_PERCPU,
            "uptr", Kind.USER_POINTER);

    /** The kernel's types that maps may own objects of ({@code register_btf_id_dtor_kfuncs}). */
    private static final Set<String> OWNED_TYPES = Set.of(
            "task_struct",
            "cgroup",
            "bpf_cpumask",
            "bpf_crypto_ctx",
            "sk_buff",
            "prog_test_ref_kfunc",
            "prog_test_member");

    /** The largest struct that a pointer to user memory may point to: a page. */
    private static final int LARGEST_USER_TYPE = 4096;

    private static final String CONTAINS = "contains:";

    private final Btf btf;
    private final Optional<Btf> kernel;

    FieldPointers(Btf btf, Optional<Btf> kernel) {
        this.btf = btf;
        this.kernel = kernel;
    }

    /** A pointer with a tag that the kernel knows. */
    record Found(Kind kind, KernelType target) {
        SpecialField at(int offset) {
            return new SpecialField(kind, offset, kind.size(), Optional.of(target), 0);
        }
    }

    /** {@code btf_find_kptr} and {@code btf_parse_kptr}. */
    Optional<Found> pointer(int declared) {
        int type = btf.type(declared) instanceof BtfType.Qualified qualified
                        && qualified.qualifier() == BtfType.Qualifier.VOLATILE
                ? qualified.target()
                : declared;
        if (!(btf.type(type) instanceof BtfType.Pointer pointer)
                || !(btf.type(pointer.target()) instanceof BtfType.TypeTag tag)
                || tag.attribute()) {
            return Optional.empty();
        }
        Kind kind = BY_TAG.get(tag.name());
        if (kind == null) {
            throw SpecialFieldReader.refused("a pointer tagged '" + tag.name() + "'");
        }
        if (btf.type(tag.target()) instanceof BtfType.TypeTag) {
            throw SpecialFieldReader.refused("a pointer with two tags");
        }
        int target = btf.strip(tag.target());
        if (!(btf.type(target) instanceof BtfType.Composite composite)) {
            throw SpecialFieldReader.refused("a pointer tagged '" + tag.name() + "' to what is no struct");
        }
        return Optional.of(new Found(kind, resolve(kind, target, composite)));
    }

    /** The kernel's type of that name, or if it has none the program's own. */
    private KernelType resolve(Kind kind, int target, BtfType.Composite composite) {
        KernelType own = new KernelType(btf, target);
        if (kind == Kind.USER_POINTER) {
            if (composite.size() > LARGEST_USER_TYPE || composite.size() == 0) {
                throw SpecialFieldReader.refused("a pointer tagged 'uptr' to a struct larger than a page");
            }
            return own;
        }
        Optional<KernelType> found = kernel.flatMap(types -> {
            int id = SpecialFieldReader.structNamed(types, composite.name());
            return id == 0 ? Optional.empty() : Optional.of(new KernelType(types, id));
        });
        if (found.isPresent() && kind == Kind.KPTR_REF && !OWNED_TYPES.contains(composite.name())) {
            throw SpecialFieldReader.refused("maps cannot own objects of struct " + composite.name());
        }
        return found.orElse(own);
    }

    /**
     * A list or tree, with the type it is for and where the node lies in that ({@code btf_find_graph_root}).
     *
     * @param owner of the tag @param component the member the tag is on, -1 if it is on the variable {@code owner}
     */
    SpecialField root(Kind kind, int offset, int owner, int component) {
        String contains = contains(owner, component);
        int colon = contains.indexOf(':');
        if (colon < 0 || colon == contains.length() - 1) {
            throw SpecialFieldReader.refused("a list or tree that does not say what it contains");
        }
        String structure = contains.substring(0, colon);
        String node = contains.substring(colon + 1);
        int id = SpecialFieldReader.structNamed(btf, structure);
        if (id == 0 || !(btf.type(id) instanceof BtfType.Composite composite)) {
            throw SpecialFieldReader.refused("a list or tree of struct " + structure + ", which there is not");
        }
        String wanted = kind == Kind.LIST_HEAD ? "bpf_list_node" : "bpf_rb_node";
        BtfType.Member member = composite.members().stream()
                .filter(each -> each.name().equals(node))
                .findFirst()
                .filter(each -> btf.type(each.type()) instanceof BtfType.Composite inner
                        && inner.name().equals(wanted)
                        && each.bitOffset() % 64 == 0)
                .orElseThrow(() -> SpecialFieldReader.refused(
                        "struct " + structure + " has no struct " + wanted + " named '" + node + "'"));
        KernelType target = new KernelType(btf, id);
        return new SpecialField(kind, offset, kind.size(), Optional.of(target), member.bitOffset() / 8);
    }

    /** What follows {@code contains:} in the one tag with it; "" if there is none, or more than one. */
    private String contains(int owner, int component) {
        String found = "";
        for (int id = btf.firstId(); id < btf.typeCount(); id++) {
            if (btf.type(id) instanceof BtfType.DeclarationTag tag
                    && tag.target() == owner
                    && tag.component() == component
                    && tag.name().startsWith(CONTAINS)) {
                if (!found.isEmpty()) {
                    return "";
                }
                found = tag.name().substring(CONTAINS.length());
            }
        }
        return found;
    }
}
