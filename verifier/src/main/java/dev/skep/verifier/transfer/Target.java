package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The function of the kernel's whose arguments a program's context is: a tracepoint, a traced function, a hook of the security modules,
 * an iterator, a member of a {@code struct_ops}.
 *
 * @param name as the kernel's messages name it
 * @param prototype what it takes and returns
 * @param named the same where parameters have the names by which the kernel tells what may be null; empty if there is no such
 * @param skipped parameters that programs do not see: a tracepoint's first
 */
record Target(
        String name, BtfType.FunctionPrototype prototype, Optional<BtfType.FunctionPrototype> named, int skipped) {
    private static final String TRACEPOINT_PREFIX = "btf_trace_";
    private static final String TRACEPOINT_FUNCTION_PREFIX = "__bpf_trace_";
    private static final String ITERATOR_PREFIX = "bpf_iter_";
    private static final String HOOK_PREFIX = "bpf_lsm_";

    /** Programs of this type have such a context. */
    static boolean isTyped(ProgramType type) {
        return type == ProgramType.TRACING || type == ProgramType.LSM || type == ProgramType.STRUCT_OPS;
    }

    /** The kernel's function; empty if there is none, or the program does not say which. */
    static Optional<Target> of(Btf kernel, ProgramKind kind, Optional<StructOpsMember> ops) {
        if (kind.type() == ProgramType.STRUCT_OPS) {
            return ops.flatMap(member ->
                    member.prototype(kernel).map(found -> new Target(member.member(), found, member.stub(kernel), 0)));
        }
        if (!isTyped(kind.type()) || kind.target().isEmpty()) {
            return Optional.empty();
        }
        if (kind.attachesTo(AttachType.TRACE_RAW_TP)) {
            return tracepoint(kernel, kind.target().get());
        }
        String name = symbol(kind);
        return KernelTypes.functionPrototype(kernel, name).map(found -> new Target(name, found, Optional.of(found), 0));
    }

    /** The name of the kernel's that the program's target stands for. */
    static String symbol(ProgramKind kind) {
        String target = kind.target().orElse("");
        if (kind.type() == ProgramType.LSM) {
            return HOOK_PREFIX + target;
        }
        if (kind.attachesTo(AttachType.TRACE_RAW_TP)) {
            return TRACEPOINT_PREFIX + target;
        }
        return kind.attachesTo(AttachType.TRACE_ITER) ? ITERATOR_PREFIX + target : target;
    }

    private static Optional<Target> tracepoint(Btf kernel, String name) {
        OptionalInt id = kernel.find(TRACEPOINT_PREFIX + name, BtfType.Typedef.class);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Optional<BtfType.FunctionPrototype> named =
                KernelTypes.functionPrototype(kernel, TRACEPOINT_FUNCTION_PREFIX + name);
        return KernelTypes.pointedPrototype(kernel, id.getAsInt()).map(found -> new Target(name, found, named, 1));
    }

    /** What the program is attached to is known to return nothing. */
    static boolean returnsVoid(KernelModel kernel, ProgramKind kind, Optional<StructOpsMember> ops) {
        return kernel.types()
                .flatMap(btf -> of(btf, kind, ops))
                .filter(found -> found.prototype().returnType() == 0)
                .isPresent();
    }

    /** How many arguments programs see. */
    int argumentCount() {
        return prototype.parameters().size() - skipped;
    }

    /** The type of an argument. */
    int argumentType(int argument) {
        return prototype.parameters().get(argument + skipped).type();
    }

    /** The name of an argument, "" if it is not known. */
    String argumentName(int argument) {
        int at = argument + skipped;
        return named.filter(found -> at < found.parameters().size())
                .map(found -> found.parameters().get(at).name())
                .orElse("");
    }
}
