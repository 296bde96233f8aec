package dev.skep.compiler.java;

import dev.skep.compiler.ir.Function;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.StructOpsDeclaration;
import dev.skep.object.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Lays out a structure of functions with the members that a class implements, one behind the other. */
final class StructOpsLayout {
    /** A member that is set. */
    private record Data(CType.Member member, Bytes bytes) {}

    private final List<CType.Member> members = new ArrayList<>();
    private final List<Data> data = new ArrayList<>();
    private final List<StructOpsDeclaration.Implementation> programs = new ArrayList<>();
    private int end;

    /** A method with the name and the type of the member that it implements. */
    record Implementation(String member, CType.Prototype type, Function program) {}

    private CType.Member add(String name, CType type) {
        int offset = (end + type.alignment() - 1) & -type.alignment();
        CType.Member member = new CType.Member(name, type, offset);
        members.add(member);
        end = offset + type.size();
        return member;
    }

    void addProgram(Implementation implementation) {
        CType.Member member = add(implementation.member(), new CType.Pointer(implementation.type()));
        programs.add(new StructOpsDeclaration.Implementation(member, implementation.program()));
    }

    void addData(String name, CType type, Bytes bytes) {
        data.add(new Data(add(name, type), bytes));
    }

    StructOpsDeclaration declaration(String name, boolean linked, String struct) {
        int size = (end + Long.BYTES - 1) & -Long.BYTES;
        byte[] bytes = new byte[size];
        data.forEach(set -> set.bytes().copyTo(bytes, set.member().offset()));
        CType.Composite type = new CType.Composite(struct, false, size, Long.BYTES, members);
        return new StructOpsDeclaration(name, linked, type, Bytes.of(bytes), programs);
    }
}
