package dev.skep.object.btf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A set of BTF types addressed by id; id 0 is {@code void}. Immutable.
 *
 * <p>Split BTF (a kernel module's) continues the ids of its base.
 */
public final class Btf {
    /** No types but void. */
    public static final Btf EMPTY = new Btf(List.of());

    private static final BtfType VOID = new BtfType.Void();

    private final List<BtfType> types;
    private final Map<String, List<Integer>> idsByName = new HashMap<>();

    private Btf(List<BtfType> types) {
        this.types = List.copyOf(types);
        for (int id = 1; id <= types.size(); id++) {
            String name = types.get(id - 1).name();
            if (!name.isEmpty()) {
                idsByName.computeIfAbsent(name, ignored -> new ArrayList<>()).add(id);
            }
        }
    }

    /** Types with ids 1, 2, 3 ... in the order of {@code types}. */
    public static Btf of(List<BtfType> types) {
        return new Btf(types);
    }

    /** The number of ids in use, void included: valid ids are {@code 0..typeCount()-1}. */
    public int typeCount() {
        return types.size() + 1;
    }

    /** @throws IndexOutOfBoundsException if there is no such id */
    public BtfType type(int id) {
        return id == 0 ? VOID : types.get(id - 1);
    }

    /** The ids of all types with exactly this name, ascending. */
    public List<Integer> idsNamed(String name) {
        return idsByName.getOrDefault(name, List.of());
    }

    /** The lowest id of a type with this name and record class, for example {@code find("task_struct", Composite.class)}. */
    public OptionalInt find(String name, Class<? extends BtfType> kind) {
        for (int id : idsNamed(name)) {
            if (kind.isInstance(type(id))) {
                return OptionalInt.of(id);
            }
        }
        return OptionalInt.empty();
    }

    /** {@code id} with typedefs, qualifiers and type tags taken off. */
    public int strip(int id) {
        int at = id;
        for (int steps = 0; steps < 32; steps++) {
            switch (type(at)) {
                case BtfType.Typedef t -> at = t.target();
                case BtfType.Qualified t -> at = t.target();
                case BtfType.TypeTag t -> at = t.target();
                default -> {
                    return at;
                }
            }
        }
        return at;
    }
}
