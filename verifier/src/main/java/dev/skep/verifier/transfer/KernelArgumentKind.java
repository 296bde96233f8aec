package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.KernelFunctionFlag;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Scalar;
import java.util.List;

/** What a kernel function's parameter that is a pointer takes ({@code enum kfunc_ptr_arg_type}). */
enum KernelArgumentKind {
    CONTEXT,
    NULL,
    ALLOCATED_OBJECT,
    REFERENCE_COUNTED_OBJECT,
    DYNPTR,
    ITERATOR,
    LIST_HEAD,
    LIST_NODE,
    TREE_ROOT,
    TREE_NODE,
    CONSTANT_STRING,
    MAP,
    WORK_QUEUE,
    TASK_WORK,
    IRQ_FLAG,
    RESILIENT_LOCK,
    OBJECT,
    CALLBACK,
    MEMORY,
    SIZED_MEMORY;

    /** Structs that say all by their name. */
    private static KernelArgumentKind ofStruct(String name) {
        return switch (name) {
            case "bpf_dynptr" -> DYNPTR;
            case "bpf_list_head" -> LIST_HEAD;
            case "bpf_list_node" -> LIST_NODE;
            case "bpf_rb_root" -> TREE_ROOT;
            case "bpf_rb_node" -> TREE_NODE;
            case "bpf_wq" -> WORK_QUEUE;
            case "bpf_task_work" -> TASK_WORK;
            case "bpf_res_spin_lock" -> RESILIENT_LOCK;
            default -> OBJECT;
        };
    }

    /**
     * The kind of the parameter at {@code index}, which is a pointer; decided by its declaration, and where that leaves it open by
     * what is passed.
     */
    static KernelArgumentKind of(ProgramKind program, KernelFunctionCallee callee, int index, ProgramState state) {
        BtfType.Parameter parameter = callee.parameters().get(index);
        Btf btf = callee.btf();
        int target = callee.target(parameter);
        if (callee.isNamed("bpf_cast_to_kern_ctx") || ContextTypes.isContextOf(program, btf, target)) {
            return CONTEXT;
        }
        boolean sized = hasSize(callee, index, state);
        boolean isNull = state.register(index + 1).isZero();
        if (!sized && isNull && ParameterSuffix.NULLABLE.marks(parameter)) {
            return NULL;
        }
        KernelArgumentKind declared = declared(callee, index, target);
        if (declared != OBJECT) {
            return declared;
        }
        if (PointerTrust.isTyped(state.register(index + 1))) {
            if (!isStruct(btf, target)) {
                throw refused(
                        index,
                        "kernel function %s args#%d pointer type %s %s is not supported"
                                .formatted(callee.name(), index, BtfWords.kind(btf, target), btf.name(target)));
            }
            return OBJECT;
        }
        if (btf.type(target) instanceof BtfType.FunctionPrototype) {
            return CALLBACK;
        }
        return memory(btf, target, index, sized);
    }

    private static KernelArgumentKind declared(KernelFunctionCallee callee, int index, int target) {
        BtfType.Parameter parameter = callee.parameters().get(index);
        if (ParameterSuffix.ALLOCATED.marks(parameter)) {
            return ALLOCATED_OBJECT;
        }
        if (ParameterSuffix.REFERENCE_COUNTED.marks(parameter)) {
            return REFERENCE_COUNTED_OBJECT;
        }
        if ((index == 0 && isIteratorFunction(callee)) || ParameterSuffix.ITERATOR.marks(parameter)) {
            return ITERATOR;
        }
        if (ParameterSuffix.STRING.marks(parameter)) {
            return CONSTANT_STRING;
        }
        if (ParameterSuffix.MAP.marks(parameter)) {
            return MAP;
        }
        if (ParameterSuffix.IRQ_FLAG.marks(parameter)) {
            return IRQ_FLAG;
        }
        return ofStruct(isStruct(callee.btf(), target) ? callee.btf().name(target) : "");
    }

    private static boolean isIteratorFunction(KernelFunctionCallee callee) {
        return callee.is(KernelFunctionFlag.ITER_NEW)
                || callee.is(KernelFunctionFlag.ITER_NEXT)
                || callee.is(KernelFunctionFlag.ITER_DESTROY);
    }

    private static boolean hasSize(KernelFunctionCallee callee, int index, ProgramState state) {
        List<BtfType.Parameter> parameters = callee.parameters();
        if (index + 1 >= parameters.size() || !(state.register(index + 2) instanceof Scalar)) {
            return false;
        }
        BtfType.Parameter next = parameters.get(index + 1);
        return isNumber(callee.btf(), next.type())
                && (ParameterSuffix.SIZE.marks(next) || ParameterSuffix.CONSTANT_SIZE.marks(next));
    }

    /** Plain memory: a number, or a struct with nothing but numbers in it; if its size is given, of any type. */
    private static KernelArgumentKind memory(Btf btf, int target, int index, boolean sized) {
        boolean plain = isNumber(btf, target) || BtfWords.isScalarStruct(btf, target);
        if (!plain && !(sized && target == 0)) {
            throw refused(
                    index,
                    "arg#%d pointer type %s %s must point to %sscalar, or struct with scalar"
                            .formatted(index, BtfWords.kind(btf, target), btf.name(target), sized ? "void, " : ""));
        }
        return sized ? SIZED_MEMORY : MEMORY;
    }

    static boolean isNumber(Btf btf, int type) {
        BtfType stripped = btf.type(btf.strip(type));
        return stripped instanceof BtfType.Int || stripped instanceof BtfType.Enumeration;
    }

    static boolean isStruct(Btf btf, int type) {
        return btf.type(type) instanceof BtfType.Composite;
    }

    static int sizeOf(Btf btf, int type, int index) {
        return new BtfLayout(btf)
                .knownSize(type)
                .orElseThrow(() -> refused(
                        index,
                        "arg#%d reference type('%s %s') size cannot be determined: -22"
                                .formatted(index, BtfWords.kind(btf, type), btf.name(type))));
    }

    private static Refusal refused(int index, String message) {
        return Refusal.ofRegister(Cause.KERNEL_FUNCTION_ARGUMENT, index + 1, message);
    }
}
