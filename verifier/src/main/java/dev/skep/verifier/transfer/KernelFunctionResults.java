package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.KernelFunctionFlag;
import dev.skep.verifier.kernel.PacketAccess;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Uninitialized;
import dev.skep.verifier.value.Value;
import org.jspecify.annotations.Nullable;

/** What a kernel function returns ({@code check_kfunc_call}, {@code check_special_kfunc}). */
final class KernelFunctionResults {
    /** The most bytes that {@code bpf_percpu_obj_new} gives ({@code BPF_GLOBAL_PERCPU_MA_MAX_SIZE}). */
    private static final int MOST_PER_CPU = 512;

    private static final long MOST_IDS = 0xffff_ffffL;

    private final Environment environment;
    private final References references;

    KernelFunctionResults(Environment environment, References references) {
        this.environment = environment;
        this.references = references;
    }

    Value of(ProgramState state, KernelFunctionFacts facts) {
        KernelFunctionCallee callee = facts.callee;
        Btf btf = callee.btf();
        int returned = btf.strip(callee.prototype().returnType());
        return switch (btf.type(returned)) {
            case BtfType.Void none -> Uninitialized.INSTANCE;
            case BtfType.Pointer pointer -> pointer(state, facts, btf.strip(pointer.target()));
            default -> Sections.takesLock(callee) ? Scalar.ZERO : Scalar.UNKNOWN;
        };
    }

    private Value pointer(ProgramState state, KernelFunctionFacts facts, int target) {
        KernelFunctionCallee callee = facts.callee;
        Pointer plain = special(facts, target);
        if (plain == null) {
            if (target == 0) {
                return Scalar.UNKNOWN; // a void pointer is as good as a number
            }
            plain = KernelArgumentKind.isStruct(callee.btf(), target)
                    ? Pointer.to(Region.KernelObject.of(new KernelType(callee.btf(), target), trust(facts)))
                    : memory(facts, target);
        }
        return withReference(state, facts, plain);
    }

    private Value withReference(ProgramState state, KernelFunctionFacts facts, Pointer plain) {
        KernelFunctionCallee callee = facts.callee;
        boolean mayFail = callee.is(KernelFunctionFlag.RET_NULL) && !facts.owned;
        boolean acquires = callee.is(KernelFunctionFlag.ACQUIRE);
        int reference = acquires ? references.acquire(state) : plain.referenceId();
        Pointer result = plain.withReference(reference);
        boolean named = mayFail || (plain.region() instanceof Region.KernelObject object && object.allocated());
        if (named) {
            result = result.withId(acquires && mayFail ? reference : references.newId());
        }
        return mayFail
                ? new Pointer(
                        result.region(),
                        true,
                        result.id(),
                        result.referenceId(),
                        result.offset(),
                        result.variable(),
                        result.available())
                : result;
    }

    private static Trust trust(KernelFunctionFacts facts) {
        KernelFunctionCallee callee = facts.callee;
        if (callee.is(KernelFunctionFlag.ITER_NEXT)) {
            return facts.iterator.orElseThrow().iterator().trust();
        }
        if (callee.isNamed("bpf_get_kmem_cache")) {
            return Trust.UNTRUSTED;
        }
        return callee.is(KernelFunctionFlag.RCU_PROTECTED) ? Trust.RCU : Trust.WALKED;
    }

    private static Pointer memory(KernelFunctionFacts facts, int target) {
        KernelFunctionCallee callee = facts.callee;
        Btf btf = callee.btf();
        boolean given = facts.resultSize.isPresent() && facts.resultSize.getAsLong() != 0;
        boolean cookie = callee.isNamed("bpf_session_cookie");
        long size = given
                ? facts.resultSize.getAsLong()
                : new BtfLayout(btf).knownSize(target).orElse(0);
        if (size == 0) {
            throw new Refusal(
                    Cause.KERNEL_FUNCTION_ARGUMENT,
                    "kernel function %s returns pointer type %s %s is not supported"
                            .formatted(callee.name(), BtfWords.kind(btf, target), btf.name(target)));
        }
        boolean readOnly = !cookie && (!given || facts.resultReadOnly);
        Region region = new Region.Memory((int) Math.min(size, Integer.MAX_VALUE), readOnly, false, 0, false);
        return Pointer.to(region).withReference(facts.referenceId);
    }

    /** Functions whose result depends on what they are given; null for all others. */
    private @Nullable Pointer special(KernelFunctionFacts facts, int target) {
        KernelFunctionCallee callee = facts.callee;
        return switch (callee.name()) {
            case "bpf_obj_new_impl" -> allocated(ownType(facts, false), false);
            case "bpf_percpu_obj_new_impl" -> allocated(ownType(facts, true), true);
            case "bpf_refcount_acquire_impl" -> allocated(facts.object.orElseThrow(), false);
            case "bpf_cast_to_kern_ctx" -> context();
            case "bpf_rdonly_cast" -> cast(facts);
            case "bpf_dynptr_slice", "bpf_dynptr_slice_rdwr" -> slice(facts);
            default -> isNode(callee.btf(), target) ? node(facts) : null;
        };
    }

    private static boolean isNode(Btf btf, int target) {
        return btf.name(target).equals("bpf_list_node") || btf.name(target).equals("bpf_rb_node");
    }

    private static Pointer allocated(KernelType type, boolean perCpu) {
        return Pointer.to(new Region.KernelObject(type, Trust.WALKED, true, false, perCpu, false));
    }

    /** What a list or tree holds, at its node; not owned unless the call takes it out. */
    private Pointer node(KernelFunctionFacts facts) {
        SpecialField root = facts.root.orElseThrow();
        KernelType type = root.target()
                .orElseThrow(() ->
                        new Refusal(Cause.TYPE_INFORMATION, root.kind().typeName() + " does not say what it holds"));
        Pointer pointer = allocated(type, false).withOffset(root.targetOffset());
        if (facts.callee.is(KernelFunctionFlag.ACQUIRE)) {
            return pointer;
        }
        return pointer.withRegion(Graphs.nonOwning(environment, (Region.KernelObject) pointer.region()));
    }

    /** The struct of the program's that is to be allocated. */
    private KernelType ownType(KernelFunctionFacts facts, boolean perCpu) {
        long id = facts.constant.orElse(0);
        Btf btf = environment.code().object().btf();
        if (id < 0 || id > MOST_IDS) {
            throw type("local type ID argument must be in range [0, U32_MAX]");
        }
        boolean struct = id > 0
                && id < btf.typeCount()
                && btf.type((int) id) instanceof BtfType.Composite composite
                && !composite.union();
        if (!struct) {
            throw type("bpf_obj_new/bpf_percpu_obj_new type ID argument must be of a struct");
        }
        KernelType type = new KernelType(btf, (int) id);
        if (perCpu) {
            checkPerCpu(type);
        }
        return type;
    }

    private static Refusal type(String message) {
        return new Refusal(Cause.KERNEL_FUNCTION_ARGUMENT, message);
    }

    private void checkPerCpu(KernelType type) {
        int size = new BtfLayout(type.btf()).size(type.id());
        if (size > MOST_PER_CPU) {
            throw type("bpf_percpu_obj_new type size (%d) is greater than %d".formatted(size, MOST_PER_CPU));
        }
        if (!BtfWords.isScalarStruct(type.btf(), type.id())) {
            throw type("bpf_percpu_obj_new type ID argument must be of a struct of scalars");
        }
        if (!environment.fieldsOf(type).isEmpty()) {
            throw type("bpf_percpu_obj_new type ID argument must not contain special fields");
        }
    }

    private Pointer context() {
        KernelType type = ContextTypes.kernelForm(environment.kind())
                .flatMap(name -> KernelTypes.named(environment, name))
                .orElseThrow(() -> type("the context of this type of program has no form in the kernel"));
        return Pointer.to(Region.KernelObject.of(type, Trust.TRUSTED));
    }

    private static Pointer cast(KernelFunctionFacts facts) {
        long id = facts.constant.orElse(-1);
        Btf btf = facts.callee.btf();
        if (id < 0 || id >= btf.typeCount()) {
            throw type("Unknown type ID " + id + " passed to kfunc bpf_rdonly_cast");
        }
        if (id == 0) {
            return Pointer.to(new Region.Memory(0, true, false, 0, true));
        }
        if (!KernelArgumentKind.isStruct(btf, (int) id)) {
            throw type("kfunc bpf_rdonly_cast type ID argument must be of a struct or void");
        }
        return Pointer.to(Region.KernelObject.of(new KernelType(btf, (int) id), Trust.UNTRUSTED));
    }

    private Pointer slice(KernelFunctionFacts facts) {
        boolean readOnly = facts.callee.isNamed("bpf_dynptr_slice");
        if (!readOnly && !mayWritePackets()) {
            throw new Refusal(Cause.READ_ONLY_MEMORY, "the prog does not allow writes to packet data");
        }
        long size = facts.constant.orElse(0);
        int dynptr = facts.dynptr.orElseThrow().id();
        return Pointer.to(new Region.Memory((int) size, readOnly, false, dynptr, false));
    }

    private boolean mayWritePackets() {
        return environment.packetAccess() == PacketAccess.READ_WRITE;
    }
}
