package dev.skep.object.btf.dump;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import java.util.HashMap;
import java.util.Map;

/**
 * Names that are unique in the C text. BTF may hold several types of one name, from different compilation units; all but
 * the first one written get {@code ___2}, {@code ___3} and so on, which CO-RE takes for flavours of the same type.
 *
 * <p>Tags of structs, unions and enumerations are one name space; typedefs and enumerators are the other.
 */
final class CNames {
    private final Btf btf;
    private final Map<Integer, String> resolved = new HashMap<>();
    private final Map<String, Integer> tags = new HashMap<>();
    private final Map<String, Integer> identifiers = new HashMap<>();

    CNames(Btf btf) {
        this.btf = btf;
    }

    /** The name of a struct, union, enumeration or forward declaration; "" if anonymous. */
    String tag(int id) {
        return resolve(id, tags);
    }

    /** The name of a typedef. */
    String typedef(int id) {
        return resolve(id, identifiers);
    }

    /** The name of an enumerator, which must be asked for once, when it is written. */
    String enumerator(String name) {
        return unique(name, identifiers);
    }

    private String resolve(int id, Map<String, Integer> space) {
        String known = resolved.get(id);
        if (known != null) {
            return known;
        }
        BtfType type = btf.type(id);
        boolean declaredOnly = type instanceof BtfType.Forward
                || (type instanceof BtfType.Enumeration e && e.enumerators().isEmpty());
        String name = declaredOnly || type.name().isEmpty() ? type.name() : unique(type.name(), space);
        resolved.put(id, name);
        return name;
    }

    private static String unique(String name, Map<String, Integer> space) {
        int uses = space.merge(name, 1, Integer::sum);
        return uses == 1 ? name : name + "___" + uses;
    }
}
