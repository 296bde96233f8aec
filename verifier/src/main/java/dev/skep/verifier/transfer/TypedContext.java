package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ReturnRule;
import dev.skep.verifier.scalar.Range;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Value;
import java.util.Optional;

/**
 * Contexts that are the arguments of a kernel function, eight bytes each, typed by the kernel's BTF: typed tracepoints, fentry and
 * fexit, LSM hooks, iterators, struct_ops ({@code btf_ctx_access}).
 */
final class TypedContext {
    private static final int ARGUMENT = 8;

    /** {@code MAX_BPF_FUNC_ARGS}, include/linux/bpf.h. */
    private static final int MOST_ARGUMENTS = 12;

    private static final String NULLABLE = "__nullable";
    private static final String HANDED_OVER = "__ref";
    private static final String TCP_CONGESTION_CONTROL = "tcp_congestion_ops";

    private final Environment environment;
    private final Optional<Target> target;

    TypedContext(Environment environment) {
        this.environment = environment;
        target = environment
                .kernel()
                .types()
                .flatMap(btf -> Target.of(btf, environment.kind(), environment.structOpsMember()));
    }

    /** The program's context is of this kind. */
    boolean applies() {
        return Target.isTyped(environment.kind().type());
    }

    /** Arguments that a {@code struct_ops} program is handed over for good are references that it must give back. */
    static void acquireArguments(Environment environment, ProgramState state) {
        Optional<Target> found = environment
                .kernel()
                .types()
                .filter(btf -> environment.kind().type() == ProgramType.STRUCT_OPS)
                .flatMap(btf -> Target.of(btf, environment.kind(), environment.structOpsMember()));
        for (int i = 0; found.isPresent() && i < found.get().argumentCount(); i++) {
            if (found.get().argumentName(i).endsWith(HANDED_OVER)) {
                environment.handOver(i, References.acquire(state, environment));
            }
        }
    }

    Value access(ProgramState state, Access access) {
        boolean inside = access.offset() >= 0
                && access.offset() < ARGUMENT * MOST_ARGUMENTS
                && access.offset() % access.size() == 0;
        if (target.isEmpty() || access.writes() || !inside) {
            throw ContextMemory.denied(access);
        }
        Target function = target.get();
        if (access.offset() % ARGUMENT != 0) {
            throw denied(access, function, "offset " + access.offset() + " is not multiple of 8");
        }
        Btf btf = environment.kernel().types().orElseThrow();
        int argument = argumentAt(btf, function, access.offset());
        if (argument == function.argumentCount()) {
            return result(state, access, function, btf);
        }
        if (argument > function.argumentCount()) {
            throw denied(access, function, "doesn't have " + (argument + 1) + "-th argument");
        }
        return value(state, access, function, btf, function.argumentType(argument), argument);
    }

    private static Refusal denied(Access access, Target function, String problem) {
        return Refusal.ofRegister(
                Cause.CONTEXT_ACCESS,
                access.register(),
                "func '" + function.name() + "' " + problem + "\n"
                        + ContextMemory.denied(access).message());
    }

    /** Arguments larger than eight bytes take several places; one behind the last stands for the result ({@code btf_ctx_arg_idx}). */
    private static int argumentAt(Btf btf, Target function, int offset) {
        BtfLayout layout = new BtfLayout(btf);
        int end = 0;
        int index = 0;
        for (BtfType.Parameter parameter : function.prototype().parameters()) {
            end += places(layout, parameter.type());
            if (offset < end) {
                return index;
            }
            index++;
        }
        // The kernel counts a tracepoint's hidden argument here, too, so that behind the last there is room for one
        // more.
        return offset < end + places(layout, function.prototype().returnType()) ? index : index + 1;
    }

    private static int places(BtfLayout layout, int type) {
        int size = layout.knownSize(type).orElse(0);
        return (size + ARGUMENT - 1) / ARGUMENT * ARGUMENT;
    }

    /** What the function returned, or what programs before this one made of it. */
    private Value result(ProgramState state, Access access, Target function, Btf btf) {
        AttachType attached = environment.kind().attachTypeOrDefault();
        int type = function.prototype().returnType();
        switch (attached) {
            case LSM_MAC -> {
                Value value = value(state, access, function, btf, type, function.argumentCount());
                return value instanceof Scalar ? Scalar.of(hookResults()) : value;
            }
            case LSM_CGROUP, TRACE_FEXIT, TRACE_FSESSION -> {
                return value(state, access, function, btf, type, function.argumentCount());
            }
            case MODIFY_RETURN -> {
                if (!(btf.type(btf.strip(type)) instanceof BtfType.Int)) {
                    throw denied(
                            access, function, "ret type " + btf.kind(btf.strip(type)) + " not allowed for fmod_ret");
                }
                return Scalar.UNKNOWN;
            }
            default ->
                throw denied(access, function, "doesn't have " + (function.argumentCount() + 1) + "-th argument");
        }
    }

    /** What hooks return: 0, an error, or for some yes or no ({@code bpf_lsm_get_retval_range}). */
    private Range hookResults() {
        ReturnRule rule = environment.kernel().returnRule(environment.kind(), environment.targetReturnsVoid());
        return rule instanceof ReturnRule.Between between
                ? Range.signed(between.minimum(), between.maximum()).normalized()
                : Range.UNKNOWN;
    }

    /** An argument or result of a type. */
    private Value value(ProgramState state, Access access, Target function, Btf btf, int declared, int argument) {
        int type = btf.strip(declared);
        switch (btf.type(type)) {
            case BtfType.Int number -> {
                return Scalar.UNKNOWN;
            }
            case BtfType.Enumeration number -> {
                return Scalar.UNKNOWN;
            }
            case BtfType.Composite passedByValue -> {
                return Scalar.UNKNOWN;
            }
            case BtfType.Pointer pointer -> {
                if (access.size() != ARGUMENT) {
                    throw denied(access, function, "size " + access.size() + " must be 8");
                }
                return pointer(state, access, function, btf, pointer, argument);
            }
            default ->
                throw denied(
                        access,
                        function,
                        "arg%d '%s' has type %s. Only pointer access is allowed"
                                .formatted(argument, btf.name(type), btf.kind(type)));
        }
    }

    private Value pointer(
            ProgramState state, Access access, Target function, Btf btf, BtfType.Pointer pointer, int argument) {
        Optional<IteratorArguments.Argument> iterated = iterated(function, argument);
        if (iterated.isPresent() && iterated.get() instanceof IteratorArguments.Argument.Buffer buffer) {
            return Pointer.orNull(
                    new Region.Buffer(buffer.readOnly()), environment.paths().newId());
        }
        int pointed = btf.strip(pointer.target());
        if (pointed == 0 || btf.type(pointed) instanceof BtfType.Int) {
            return Scalar.UNKNOWN;
        }
        if (!(btf.type(pointed) instanceof BtfType.Composite)) {
            throw denied(access, function, "arg%d type %s is not a struct".formatted(argument, btf.kind(pointed)));
        }
        if (isTracepoint() && NullableTracepointArguments.mayBeError(function.name(), argument)) {
            return Scalar.UNKNOWN;
        }
        Region region = object(btf, pointer, pointed, iterated);
        int reference = environment.handedOver(argument);
        if (reference != 0) {
            return handedOver(state, access, region, reference);
        }
        boolean orNull = iterated.isPresent() || mayBeNull(function, argument);
        return orNull ? Pointer.orNull(region, environment.paths().newId()) : Pointer.to(region);
    }

    private boolean isTracepoint() {
        return environment.kind().attachesTo(AttachType.TRACE_RAW_TP);
    }

    private Optional<IteratorArguments.Argument> iterated(Target function, int argument) {
        return environment.kind().attachesTo(AttachType.TRACE_ITER)
                ? IteratorArguments.of(environment.kind().target().orElse(""), function.argumentName(argument))
                : Optional.empty();
    }

    private boolean mayBeNull(Target function, int argument) {
        return function.argumentName(argument).endsWith(NULLABLE)
                || (isTracepoint() && NullableTracepointArguments.mayBeNull(function.name(), argument));
    }

    private Region object(
            Btf btf, BtfType.Pointer pointer, int pointed, Optional<IteratorArguments.Argument> iterated) {
        String tag = StructureWalk.typeTag(btf, pointer);
        Trust trust = iterated.isPresent() && iterated.get() instanceof IteratorArguments.Argument.Object object
                ? object.trust()
                : argumentTrust();
        boolean perCpu = tag.equals("percpu");
        boolean user = tag.equals("user");
        KernelType type = new KernelType(btf, pointed);
        boolean plainSocket = type.name().equals("sock") && !perCpu && !user;
        boolean congestionControl = environment
                .structOpsMember()
                .filter(ops -> ops.structure().equals(TCP_CONGESTION_CONTROL))
                .isPresent();
        KernelType shown = congestionControl && plainSocket
                ? KernelTypes.named(btf, "tcp_sock").orElse(type)
                : type;
        return new Region.KernelObject(shown, trust, false, false, perCpu, user);
    }

    /** Objects that tracepoints, iterators and hooks hand over are there; of traced functions nobody knows ({@code prog_args_trusted}). */
    private Trust argumentTrust() {
        boolean trusted = switch (environment.kind().type()) {
            case TRACING -> isTracepoint() || environment.kind().attachesTo(AttachType.TRACE_ITER);
            case LSM ->
                !environment
                        .kernel()
                        .hasUntrustedArguments(environment.kind().target().orElse(""));
            case STRUCT_OPS -> true;
            default -> false;
        };
        return trusted ? Trust.TRUSTED : Trust.WALKED;
    }

    private static Value handedOver(ProgramState state, Access access, Region region, int reference) {
        if (!state.holds(reference)) {
            throw Refusal.ofRegister(
                    Cause.REFERENCE,
                    access.register(),
                    "invalid bpf_context access off=" + access.offset() + ". Reference may already be released");
        }
        return Pointer.to(region).withReference(reference);
    }
}
