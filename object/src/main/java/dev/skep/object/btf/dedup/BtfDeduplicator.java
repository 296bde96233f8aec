package dev.skep.object.btf.dedup;

import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.TypeReferences;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes types that another one of the same BTF stands for, with the results of libbpf's {@code btf__dedup}: numbers and
 * enumerations that are equal; structs and unions that agree with all they lead to, cycles included; forward declarations
 * of which there is one definition; then pointers, typedefs, functions and tags of what is now the same. Variables and
 * sections all stay.
 *
 * <p>What is left keeps its order. Doing it again changes nothing.
 */
public final class BtfDeduplicator {
    private BtfDeduplicator() {}

    /**
     * What is left.
     *
     * @param btf the types that are left, continuing the same base if there was one
     * @param newIds for each id before, the id after of the type that stands for it
     */
    public record Result(Btf btf, int[] newIds) {}

    /**
     * Deduplicates. Split BTF is also compared with its base, which stays as it is.
     *
     * @throws InputException if types refer to each other in a way that only forged ones do
     */
    public static Result deduplicate(Btf btf) {
        CanonicalTypes canonical = new CanonicalTypes(btf);
        WorkLimit limit = new WorkLimit(btf);
        new SimpleTypes(canonical).run();
        new CompositeTypes(canonical, limit).run();
        new ForwardDeclarations(canonical).run();
        new ReferringTypes(canonical).run();
        return compact(canonical);
    }

    private static Result compact(CanonicalTypes canonical) {
        int[] newIds = new int[canonical.count()];
        int next = 0;
        for (int id = 0; id < newIds.length; id++) {
            if (canonical.of(id) == id) {
                newIds[id] = next++;
            }
        }
        for (int id = 0; id < newIds.length; id++) {
            newIds[id] = newIds[canonical.of(id)];
        }
        List<BtfType> types = new ArrayList<>();
        for (int id = canonical.firstOwn(); id < newIds.length; id++) {
            if (canonical.of(id) == id) {
                types.add(TypeReferences.map(canonical.type(id), old -> newIds[old]));
            }
        }
        Btf rest = canonical.btf().base().map(base -> Btf.ofSplit(base, types)).orElseGet(() -> Btf.of(types));
        return new Result(rest, newIds);
    }
}
