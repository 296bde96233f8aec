package dev.skep.object.core;

import dev.skep.object.btf.BtfType;
import java.util.ArrayList;
import java.util.List;

/** The members that C code can name in a struct or union, those of anonymous structs and unions inside it included. */
final class MemberList {
    /** More than any real type has; forged ones that nest without end are cut off here. */
    private static final int MAX_VISITS = 10_000;

    private final TypeSpace space;
    private final List<BtfType.Member> members = new ArrayList<>();
    private int visits;

    private MemberList(TypeSpace space) {
        this.space = space;
    }

    /** In the order of declaration. */
    static List<BtfType.Member> of(TypeSpace space, BtfType.Composite composite) {
        MemberList list = new MemberList(space);
        list.collect(composite, 0);
        return list.members;
    }

    private void collect(BtfType.Composite composite, int depth) {
        for (BtfType.Member member : composite.members()) {
            if (++visits > MAX_VISITS) {
                return;
            }
            if (!member.name().isEmpty()) {
                members.add(member);
            } else if (depth < AccessSpec.MAX_INDICES
                    && space.stripped(member.type()) instanceof BtfType.Composite inner) {
                collect(inner, depth + 1);
            }
        }
    }
}
