package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Contexts that are the arguments of a kernel function, eight bytes each, typed by the kernel's BTF: typed tracepoints, fentry and
 * fexit, LSM hooks, iterators, struct_ops ({@code btf_ctx_access}).
 */
final class TypedContext {
    private static final int ARGUMENT = 8;

    private final Environment environment;

    TypedContext(Environment environment) {
        this.environment = environment;
    }

    /** The program's context is of this kind. */
    boolean applies() {
        ProgramType type = environment.kind().type();
        return type == ProgramType.TRACING || type == ProgramType.LSM || type == ProgramType.STRUCT_OPS
                || type == ProgramType.EXT;
    }

    Value access(Access access) {
        Optional<BtfType.FunctionPrototype> prototype = prototype();
        int index = access.offset() / ARGUMENT;
        boolean whole = access.offset() % ARGUMENT == 0 && access.offset() >= 0 && access.size() <= ARGUMENT;
        if (prototype.isEmpty() || access.writes() || !whole) {
            throw ContextMemory.denied(access);
        }
        List<BtfType.Parameter> parameters = prototype.get().parameters();
        int first = isTypedTracepoint() ? 1 : 0;
        if (index + first >= parameters.size()) {
            throw ContextMemory.denied(access);
        }
        return argument(access, parameters.get(index + first).type());
    }

    private boolean isTypedTracepoint() {
        return environment.kind().attachesTo(AttachType.TRACE_RAW_TP);
    }

    private Optional<BtfType.FunctionPrototype> prototype() {
        return prototype(environment.kernel(), environment.kind());
    }

    /** What the program is attached to returns nothing. */
    static boolean targetReturnsVoid(KernelModel kernel, ProgramKind kind) {
        return prototype(kernel, kind).filter(found -> found.returnType() == 0).isPresent();
    }

    private static Optional<BtfType.FunctionPrototype> prototype(KernelModel kernel, ProgramKind kind) {
        Optional<Btf> types = kernel.types();
        Optional<String> target = kind.target();
        if (types.isEmpty() || target.isEmpty()) {
            return Optional.empty();
        }
        Btf btf = types.get();
        if (kind.attachesTo(AttachType.TRACE_RAW_TP)) {
            OptionalInt id = btf.find("btf_trace_" + target.get(), BtfType.Typedef.class);
            return id.isPresent() ? pointedPrototype(btf, id.getAsInt()) : Optional.empty();
        }
        OptionalInt id = btf.find(target.get(), BtfType.Function.class);
        if (id.isPresent() && btf.type(id.getAsInt()) instanceof BtfType.Function function) {
            return btf.type(function.prototype()) instanceof BtfType.FunctionPrototype found
                    ? Optional.of(found)
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<BtfType.FunctionPrototype> pointedPrototype(Btf btf, int id) {
        boolean points = btf.type(btf.strip(id)) instanceof BtfType.Pointer;
        if (!points) {
            return Optional.empty();
        }
        BtfType.Pointer pointer = (BtfType.Pointer) btf.type(btf.strip(id));
        return btf.type(btf.strip(pointer.target())) instanceof BtfType.FunctionPrototype found
                ? Optional.of(found)
                : Optional.empty();
    }

    private Value argument(Access access, int typeId) {
        Btf btf = environment.kernel().types().orElseThrow();
        int stripped = btf.strip(typeId);
        if (!(btf.type(stripped) instanceof BtfType.Pointer pointer)) {
            return Scalar.UNKNOWN;
        }
        int target = btf.strip(pointer.target());
        if (!(btf.type(target) instanceof BtfType.Composite)) {
            return Scalar.UNKNOWN;
        }
        if (access.size() != ARGUMENT) {
            throw ContextMemory.denied(access);
        }
        return Pointer.to(Region.KernelObject.of(new KernelType(btf, target), Trust.TRUSTED));
    }
}
