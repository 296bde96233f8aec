package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.AttachType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.KernelFunctionFlag;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.DynptrKind;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Arguments of kernel functions, one by one, as their prototype and the names of the parameters say ({@code check_kfunc_args}). */
final class KernelFunctionArguments {
    private static final int MOST_ARGUMENTS = 5;

    private final Environment environment;
    private final HelperMemory memory;
    private final Dynptrs dynptrs;
    private final Iterators iterators;
    private final IrqFlags irqFlags;
    private final Locks locks;
    private final GraphArguments graphs;
    private final FieldArguments fields;
    private final KernelObjectArguments objects;

    KernelFunctionArguments(Environment environment, Memory accesses, References references, Iterators iterators) {
        this.environment = environment;
        this.iterators = iterators;
        memory = new HelperMemory(environment, accesses);
        dynptrs = new Dynptrs(accesses, references);
        irqFlags = new IrqFlags(environment, accesses);
        locks = new Locks(environment);
        graphs = new GraphArguments(environment);
        fields = new FieldArguments();
        objects = new KernelObjectArguments(environment);
    }

    void check(ProgramState state, KernelFunctionFacts facts) {
        KernelFunctionCallee callee = facts.callee;
        List<BtfType.Parameter> parameters = callee.parameters();
        if (parameters.size() > MOST_ARGUMENTS) {
            throw new Refusal(
                    Cause.KERNEL_FUNCTION_ARGUMENT,
                    "Function %s has %d > %d args".formatted(callee.name(), parameters.size(), MOST_ARGUMENTS));
        }
        for (int i = 0; i < parameters.size(); i++) {
            BtfType.Parameter parameter = parameters.get(i);
            if (ParameterSuffix.IGNORED.marks(parameter) || ParameterSuffix.PROGRAM.marks(parameter)) {
                continue;
            }
            if (KernelArgumentKind.isNumber(callee.btf(), parameter.type())) {
                number(state, i, parameter, facts);
            } else if (pointer(state, i, facts) == KernelArgumentKind.SIZED_MEMORY) {
                i++; // its size has been looked at with it
            }
        }
        if (callee.is(KernelFunctionFlag.RELEASE) && facts.releasedRegister == CallFacts.NONE) {
            throw new Refusal(
                    Cause.REFERENCE, "release kernel function " + callee.name() + " expects refcounted PTR_TO_BTF_ID");
        }
    }

    private static Refusal refused(int register, String message) {
        return Refusal.ofRegister(Cause.KERNEL_FUNCTION_ARGUMENT, register, message);
    }

    private void number(ProgramState state, int index, BtfType.Parameter parameter, KernelFunctionFacts facts) {
        int register = index + 1;
        if (!(state.register(register) instanceof Scalar number)) {
            throw refused(register, "R" + register + " is not a scalar");
        }
        boolean size =
                parameter.name().equals("rdonly_buf_size") || parameter.name().equals("rdwr_buf_size");
        if (ParameterSuffix.CONSTANT.marks(parameter)) {
            facts.constant = constant(state, number, register);
        } else if (size) {
            if (!number.range().isConstant()) {
                throw refused(register, "R" + register + " is not a const");
            }
            environment.paths().markPrecise(state, register);
            facts.resultSize = OptionalLong.of(number.range().constant());
            facts.resultReadOnly = parameter.name().equals("rdonly_buf_size");
        }
    }

    private OptionalLong constant(ProgramState state, Scalar number, int register) {
        if (!number.range().isConstant()) {
            throw refused(register, "R" + register + " must be a known constant");
        }
        environment.paths().markPrecise(state, register);
        return OptionalLong.of(number.range().constant());
    }

    private KernelArgumentKind pointer(ProgramState state, int index, KernelFunctionFacts facts) {
        KernelFunctionCallee callee = facts.callee;
        BtfType.Parameter parameter = callee.parameters().get(index);
        Btf btf = callee.btf();
        if (!(btf.type(btf.strip(parameter.type())) instanceof BtfType.Pointer)) {
            throw refused(
                    index + 1,
                    "Unrecognized arg#%d type %s".formatted(index, BtfWords.kind(btf, btf.strip(parameter.type()))));
        }
        Value value = state.register(index + 1);
        checkNotNull(value, index, parameter, callee);
        noteReference(value, index + 1, facts);
        KernelArgumentKind kind = KernelArgumentKind.of(environment.kind(), callee, index, state);
        if (kind == KernelArgumentKind.NULL) {
            return kind;
        }
        if (kind == KernelArgumentKind.MAP) {
            fields.noteMap(value, index + 1, facts);
        }
        boolean object = kind == KernelArgumentKind.MAP
                || kind == KernelArgumentKind.ALLOCATED_OBJECT
                || kind == KernelArgumentKind.OBJECT;
        if (object) {
            KernelObjectArguments.checkTrust(value, index + 1, callee);
        }
        boolean released = callee.is(KernelFunctionFlag.RELEASE) && facts.releasedRegister == index + 1;
        KernelObjectArguments.checkOffset(value, index + 1, released);
        dispatch(state, index, kind, facts);
        return kind;
    }

    private static void checkNotNull(Value value, int index, BtfType.Parameter parameter, KernelFunctionCallee callee) {
        boolean nullable = value.isZero() || (value instanceof Pointer pointer && pointer.maybeNull());
        boolean strict = callee.wantsTrusted() || callee.is(KernelFunctionFlag.RCU);
        if (nullable && strict && !ParameterSuffix.NULLABLE.marks(parameter)) {
            throw Refusal.ofRegister(
                    Cause.NULLABLE_POINTER, index + 1, "Possibly NULL pointer passed to trusted arg" + index);
        }
    }

    private static void noteReference(Value value, int register, KernelFunctionFacts facts) {
        if (value instanceof Pointer pointer && pointer.referenceId() != 0) {
            boolean releases = facts.callee.is(KernelFunctionFlag.RELEASE);
            if (releases && facts.referenceId != 0) {
                throw Refusal.ofRegister(
                        Cause.REFERENCE,
                        register,
                        "more than one arg with ref_obj_id R%d %d %d"
                                .formatted(register, pointer.referenceId(), facts.referenceId));
            }
            facts.referenceId = pointer.referenceId();
            if (releases) {
                facts.releasedRegister = register;
            }
        }
    }

    private void dispatch(ProgramState state, int index, KernelArgumentKind kind, KernelFunctionFacts facts) {
        int register = index + 1;
        KernelFunctionCallee callee = facts.callee;
        switch (kind) {
            case NULL -> {}
            case CONTEXT -> KernelObjectArguments.checkContext(state.register(register), index);
            case ALLOCATED_OBJECT -> objects.allocated(state.register(register), index, facts);
            case REFERENCE_COUNTED_OBJECT -> graphs.counted(state, index, facts);
            case DYNPTR -> dynptr(state, index, facts);
            case ITERATOR -> {
                checkTaskIteration(callee, register);
                iterators.argument(state, index, facts);
            }
            case LIST_HEAD -> graphs.root(state, index, SpecialField.Kind.LIST_HEAD, facts);
            case TREE_ROOT -> graphs.root(state, index, SpecialField.Kind.RB_ROOT, facts);
            case LIST_NODE -> graphs.ownedNode(state, index, SpecialField.Kind.LIST_NODE, facts);
            case TREE_NODE -> {
                if (callee.isNamed("bpf_rbtree_add_impl")) {
                    graphs.ownedNode(state, index, SpecialField.Kind.RB_NODE, facts);
                } else {
                    graphs.linkedNode(state, index, SpecialField.Kind.RB_NODE, facts);
                }
            }
            case CONSTANT_STRING -> string(state, index);
            case MAP, OBJECT -> objects.object(state.register(register), index, kind, facts);
            case WORK_QUEUE -> fields.inMap(state, index, SpecialField.Kind.WORKQUEUE, facts);
            case TASK_WORK -> fields.inMap(state, index, SpecialField.Kind.TASK_WORK, facts);
            case IRQ_FLAG -> irqFlags.argument(state, index, callee);
            case RESILIENT_LOCK -> resilientLock(state, index, callee);
            case CALLBACK -> facts.callback = callback(state.register(register), index);
            case MEMORY -> plainMemory(state, index, callee);
            case SIZED_MEMORY -> sizedMemory(state, index, facts);
        }
    }

    /** Walking the tasks of a control group takes a lock that some hooks run under ({@code check_css_task_iter_allowlist}). */
    private void checkTaskIteration(KernelFunctionCallee callee, int register) {
        if (!callee.isNamed("bpf_iter_css_task_new")) {
            return;
        }
        boolean allowed = switch (environment.kind().type()) {
            case LSM -> true;
            case TRACING ->
                environment.kind().attachesTo(AttachType.TRACE_ITER)
                        || environment.kind().sleepable();
            default -> environment.kind().sleepable();
        };
        if (!allowed) {
            throw refused(register, "css_task_iter is only allowed in bpf_lsm, bpf_iter and sleepable progs");
        }
    }

    private void dynptr(ProgramState state, int index, KernelFunctionFacts facts) {
        BtfType.Parameter parameter = facts.callee.parameters().get(index);
        if (!ParameterSuffix.UNINITIALIZED.marks(parameter)) {
            facts.dynptr = Optional.of(dynptrs.use(state, index + 1));
            return;
        }
        Optional<Dynptrs.Used> original = facts.dynptr;
        boolean clones = facts.callee.isNamed("bpf_dynptr_clone");
        DynptrKind kind = switch (facts.callee.name()) {
            case "bpf_dynptr_from_skb" -> DynptrKind.SKB;
            case "bpf_dynptr_from_xdp" -> DynptrKind.XDP;
            case "bpf_dynptr_from_skb_meta" -> DynptrKind.SKB_META;
            case "bpf_dynptr_from_file" -> DynptrKind.FILE;
            default -> clones && original.isPresent() ? original.get().kind() : DynptrKind.LOCAL;
        };
        int reference = clones ? original.map(Dynptrs.Used::referenceId).orElse(0) : 0;
        dynptrs.make(state, index + 1, kind, reference);
    }

    private void string(ProgramState state, int index) {
        boolean inMap = state.register(index + 1) instanceof Pointer pointer
                && pointer.region() instanceof Region.MapValue
                && !pointer.maybeNull();
        if (!inMap) {
            throw refused(index + 1, "arg#" + index + " doesn't point to a const string");
        }
        fields.checkConstantString(state, index + 1);
    }

    private void resilientLock(ProgramState state, int index, KernelFunctionCallee callee) {
        Value value = state.register(index + 1);
        boolean inMap =
                value instanceof Pointer pointer && pointer.region() instanceof Region.MapValue && !pointer.maybeNull();
        if (!inMap && !PointerTrust.isPlainAllocated(value, false)) {
            throw refused(index + 1, "arg#" + index + " doesn't point to map value or allocated object");
        }
        locks.apply(state, index + 1, Sections.lockOf(callee), Sections.takesLock(callee));
    }

    private static OptionalInt callback(Value value, int index) {
        if (value instanceof Pointer pointer && pointer.region() instanceof Region.FunctionAddress address) {
            return OptionalInt.of(address.function());
        }
        throw refused(index + 1, "arg" + index + " expected pointer to func");
    }

    /** Memory of the size of what the parameter points to; it may be read and written ({@code check_mem_reg}). */
    private void plainMemory(ProgramState state, int index, KernelFunctionCallee callee) {
        int target = callee.target(callee.parameters().get(index));
        int size = KernelArgumentKind.sizeOf(callee.btf(), target, index);
        Value before = state.register(index + 1);
        if (before.isZero()) {
            return;
        }
        assumeNotNull(state, index + 1);
        CallFacts facts = new CallFacts(callee.name(), 0);
        memory.check(state, index + 1, size, false, true, facts, false);
        memory.check(state, index + 1, size, true, true, facts, false);
        state.set(index + 1, before);
    }

    private static void assumeNotNull(ProgramState state, int register) {
        if (state.register(register) instanceof Pointer pointer && pointer.maybeNull()) {
            state.set(register, pointer.nonNull(pointer.region(), 0));
        }
    }

    private void sizedMemory(ProgramState state, int index, KernelFunctionFacts facts) {
        KernelFunctionCallee callee = facts.callee;
        int register = index + 1;
        BtfType.Parameter parameter = callee.parameters().get(index);
        Value before = state.register(register);
        boolean optional = ParameterSuffix.OPTIONAL.marks(parameter) || ParameterSuffix.NULLABLE.marks(parameter);
        if (!(before.isZero() && optional)) {
            assumeNotNull(state, register);
            CallFacts sizes = new CallFacts(callee.name(), 0);
            try {
                memory.checkSized(state, register + 1, false, true, sizes, false);
                memory.checkSized(state, register + 1, true, true, sizes, false);
            } catch (Refusal refusal) {
                throw Refusal.ofRegister(
                        refusal.cause(),
                        refusal.register(),
                        "%s\narg#%d arg#%d memory, len pair leads to invalid memory access"
                                .formatted(refusal.message(), index, index + 1));
            }
            state.set(register, before);
        }
        if (ParameterSuffix.CONSTANT_SIZE.marks(callee.parameters().get(index + 1))) {
            facts.constant = constant(state, (Scalar) state.register(register + 1), register + 1);
        }
    }
}
