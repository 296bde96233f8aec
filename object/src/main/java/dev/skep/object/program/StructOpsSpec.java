package dev.skep.object.program;

import dev.skep.object.Bytes;
import java.util.List;

/**
 * A variable in {@code .struct_ops}: a kernel structure of function pointers implemented by programs.
 *
 * @param name variable name @param section {@code .struct_ops} or {@code .struct_ops.link}
 * @param typeId id of the struct in the object's BTF
 * @param data the variable's bytes, function pointers zero
 * @param autocreate false if the section name starts with {@code ?}
 */
public record StructOpsSpec(
        String name, String section, int typeId, Bytes data, boolean autocreate, List<Member> members) {
    public StructOpsSpec {
        members = List.copyOf(members);
    }

    /** The function pointer at byte {@code offset} is the program named {@code program}. */
    public record Member(String name, int offset, String program) {}
}
