package dev.skep.object.btf.dedup;

import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.TypeReferences;
import java.util.List;

/** What a type says itself, leaving aside which types it refers to. */
final class Shapes {
    private Shapes() {}

    /** Whether two types differ in nothing but the ids they refer to. */
    static boolean same(BtfType one, BtfType other) {
        if (one instanceof BtfType.Composite a && other instanceof BtfType.Composite b) {
            return sameComposite(a, b);
        }
        return one.kind() == other.kind() && withoutIds(one).equals(withoutIds(other));
    }

    /** A number that is the same for structs and unions of the same shape. */
    static int hash(BtfType.Composite type) {
        int hash = type.name().hashCode() * 31 + type.size();
        for (BtfType.Member member : type.members()) {
            hash = (hash * 31 + member.name().hashCode()) * 31 + member.bitOffset();
        }
        return type.union() ? ~hash : hash;
    }

    private static BtfType withoutIds(BtfType type) {
        return TypeReferences.map(type, _ -> 0);
    }

    private static boolean sameComposite(BtfType.Composite one, BtfType.Composite other) {
        List<BtfType.Member> members = one.members();
        List<BtfType.Member> others = other.members();
        if (one.union() != other.union()
                || one.size() != other.size()
                || members.size() != others.size()
                || !one.name().equals(other.name())) {
            return false;
        }
        for (int i = 0; i < members.size(); i++) {
            BtfType.Member a = members.get(i);
            BtfType.Member b = others.get(i);
            if (a.bitOffset() != b.bitOffset()
                    || a.bitfieldSize() != b.bitfieldSize()
                    || !a.name().equals(b.name())) {
                return false;
            }
        }
        return true;
    }
}
