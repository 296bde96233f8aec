package dev.skep.trace.code;

import dev.skep.object.KernelVersion;
import dev.skep.trace.check.Structures;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.system.Tracepoints;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.OptionalInt;

/**
 * Which pointers the kernel's verifier knows the types of: what they lead to may be loaded, which takes a tenth of the time of a helper.
 * That is so for the arguments of functions, an iterator's objects, the current task, and from there on along the members. Those of raw
 * tracepoints are left alone: in kernels from 6.2 to 6.12 the verifier takes some for never null that are, and no fault is caught.
 */
final class TypedPointers {
    /** {@code bpf_get_current_task_btf}. */
    private static final KernelVersion TYPED_TASK = new KernelVersion(5, 11);

    /** From here on what is behind the end of a task's name is always zero. */
    private static final KernelVersion PADDED_NAME = new KernelVersion(5, 17);

    private final Program program;

    TypedPointers(Program program) {
        this.program = program;
    }

    /** Whether an expression is such a pointer to a structure, or a structure that lies in what one leads to. */
    boolean isKnown(Expression expression) {
        return leads(expression)
                && program.unit().isLive()
                && program.unit().script().structures().areFollowed(); // which reads the kernel's types
    }

    /** How far into the current task its name is, if it can be loaded. */
    OptionalInt taskName(int size) {
        Unit unit = program.unit();
        return unit.isLive() && unit.kernel().compareTo(PADDED_NAME) >= 0
                ? unit.system().types().earlyArray("task_struct", "comm", size)
                : OptionalInt.empty();
    }

    private boolean leads(Expression expression) {
        return switch (expression) {
            case Expression.Identifier name
            when name.name().equals("curtask") ->
                isStructureOfKernel(program.type(name))
                        && program.unit().kernel().compareTo(TYPED_TASK) >= 0;
            case Expression.FieldAccess access
            when isStructureOfKernel(program.type(access)) ->
                isArgument(access.object()) || (leads(access.object()) && isPlain(access));
            default -> false;
        };
    }

    /** A structure, or a pointer to one in the kernel. */
    private boolean isStructureOfKernel(TraceType type) {
        return switch (type) {
            case TraceType.Structure structure ->
                !structure.name().startsWith("union ")
                        && program.unit().script().structures().isOfKernel(structure);
            case TraceType.Pointer(TraceType.Structure target, AddressSpace space) ->
                space == AddressSpace.KERNEL && isStructureOfKernel(target);
            default -> false;
        };
    }

    private boolean isArgument(Expression object) {
        return object instanceof Expression.Identifier name
                && switch (program.typed().attachment().target()) {
                    case ProbeTarget.Fentry _ -> name.name().equals("args");
                    case ProbeTarget.Iterator _ -> name.name().equals("ctx");
                    default -> false;
                };
    }

    private boolean isPlain(Expression.FieldAccess access) {
        TraceType of = program.type(access.object());
        TraceType.Structure structure =
                (TraceType.Structure) (of instanceof TraceType.Pointer pointer ? pointer.target() : of);
        return program.unit()
                .script()
                .structures()
                .member(structure, access.field())
                .filter(member -> isPlain(structure, member))
                .isPresent();
    }

    /** Whether a member is where no other is, as those of unions are: of these the verifier takes the first it finds. */
    boolean isPlain(TraceType.Structure structure, Structures.Member member) {
        int end = member.offset() + member.type().size();
        return member.bits().isEmpty()
                && member.location() == Tracepoints.Location.HERE
                && end <= structure.size()
                && program.unit().script().structures().members(structure).stream()
                                .filter(other -> other.offset() < end
                                        && other.offset()
                                                        + Math.max(
                                                                1, other.type().size())
                                                > member.offset())
                                .count()
                        == 1;
    }
}
