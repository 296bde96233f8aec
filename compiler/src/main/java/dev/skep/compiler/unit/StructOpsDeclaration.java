package dev.skep.compiler.unit;

import dev.skep.compiler.ir.Function;
import dev.skep.compiler.type.CType;
import dev.skep.object.Bytes;
import java.util.List;

/**
 * A structure of the kernel that programs implement.
 *
 * @param name the variable's
 * @param linked true if it is registered by a link, false if by writing to its map
 * @param type as the unit declares it; the kernel's members are found by name
 * @param data as many bytes as the type has, where members point to programs zero
 * @param members that programs implement
 */
public record StructOpsDeclaration(
        String name, boolean linked, CType.Composite type, Bytes data, List<Implementation> members) {
    public StructOpsDeclaration {
        members = List.copyOf(members);
    }

    /** A member that is a pointer to a function. */
    public record Implementation(CType.Member member, Function program) {}
}
