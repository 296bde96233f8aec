package dev.skep.compiler.assembly;

import dev.skep.compiler.unit.StructOpsDeclaration;
import dev.skep.object.Bytes;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.StructOpsSpec;
import java.util.List;
import java.util.Optional;

/** Describes structures of the kernel that programs implement: the variable, and the map that stands for it. */
final class StructOpsAssembly {
    /** {@code BPF_F_LINK} of linux/bpf.h. */
    private static final int LINK = 1 << 13;

    private static final String SECTION = ".struct_ops";

    private StructOpsAssembly() {}

    /** The variable in its section. */
    static StructOpsSpec variable(StructOpsDeclaration ops, TypeTable types) {
        return new StructOpsSpec(
                ops.name(),
                ops.linked() ? SECTION + ".link" : SECTION,
                types.id(ops.type()),
                ops.data(),
                true,
                ops.members().stream()
                        .map(implementation -> new StructOpsSpec.Member(
                                implementation.member().name(),
                                implementation.member().offset(),
                                implementation.program().name()))
                        .toList());
    }

    /** The map that a loader creates for it. */
    static MapSpec map(StructOpsDeclaration ops, TypeTable types) {
        return new MapSpec(
                ops.name(),
                MapSpec.Role.STRUCT_OPS,
                MapType.STRUCT_OPS,
                Integer.BYTES,
                ops.data().length(),
                1,
                ops.linked() ? LINK : 0,
                0,
                -1,
                MapSpec.Pinning.NONE,
                Optional.empty(),
                0,
                types.id(ops.type()),
                Bytes.EMPTY,
                List.of(),
                0);
    }
}
