package dev.skep.object.core;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.BtfType.Member;
import java.util.ArrayList;
import java.util.List;

/** Types written down one after the other; each method gives the new type's id. */
final class TypeList {
    private final List<BtfType> types = new ArrayList<>();

    int add(BtfType type) {
        types.add(type);
        return types.size();
    }

    /** {@code int}. */
    int integer() {
        return add(new BtfType.Int("int", 4, true, false, false, 0, 32));
    }

    int unsigned(String name, int size) {
        return add(new BtfType.Int(name, size, false, false, false, 0, size * 8));
    }

    int pointer(int target) {
        return add(new BtfType.Pointer(target));
    }

    int array(int element, int length) {
        return add(new BtfType.Array(element, element, length));
    }

    int struct(String name, int size, Member... members) {
        return add(new BtfType.Composite(name, false, size, List.of(members)));
    }

    /** A 32-bit unsigned enum. */
    int enumeration(String name, BtfType.Enumerator... enumerators) {
        return add(new BtfType.Enumeration(name, 4, false, false, List.of(enumerators)));
    }

    /** A member at a byte offset. */
    static Member member(String name, int type, int byteOffset) {
        return new Member(name, type, byteOffset * 8, 0);
    }

    Btf btf() {
        return Btf.of(types);
    }
}
