package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.HelperId;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.HelperPrototype;
import dev.skep.verifier.kernel.HelperTrait;
import dev.skep.verifier.kernel.ReturnType;
import dev.skep.verifier.kernel.SocketKind;
import dev.skep.verifier.kernel.TypeModifier;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.scalar.Range;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Uninitialized;
import dev.skep.verifier.value.Value;
import java.util.Set;

/** What a helper returns. */
final class HelperResults {
    /** Helpers that return an error or at most as many as the size they were given ({@code do_refine_retval_range}). */
    private static final Set<HelperId> BOUNDED_BY_SIZE = Set.of(
            HelperId.GET_STACK,
            HelperId.GET_TASK_STACK,
            HelperId.PROBE_READ_STR,
            HelperId.PROBE_READ_KERNEL_STR,
            HelperId.PROBE_READ_USER_STR);

    /** The largest errno, as a negative result ({@code MAX_ERRNO}). */
    private static final int MAX_ERRNO = 4095;

    private static final int MOST_CPUS = 8192;

    private final Environment environment;

    HelperResults(Environment environment) {
        this.environment = environment;
    }

    Value of(ProgramState state, HelperPrototype helper, CallFacts facts) {
        ReturnType type = helper.returns();
        boolean orNull = type.is(TypeModifier.OR_NULL) && !facts.found;
        Value value = switch (type.kind()) {
            case INTEGER -> number(helper, facts);
            case VOID -> Uninitialized.INSTANCE;
            case MAP_VALUE -> mapValue(facts, orNull);
            case SOCKET -> pointer(new Region.Socket(SocketKind.SOCKET), orNull);
            case TCP_SOCK -> pointer(new Region.Socket(SocketKind.TCP_SOCK), orNull);
            case SOCK_COMMON -> pointer(new Region.Socket(SocketKind.SOCK_COMMON), orNull);
            case MEM -> memory(type, facts, orNull);
            case MEM_OR_BTF_ID -> variable(type, facts, orNull);
            case BTF_ID -> object(state, helper, facts, orNull);
        };
        return withReference(state, helper, facts, value);
    }

    private static Value number(HelperPrototype helper, CallFacts facts) {
        if (BOUNDED_BY_SIZE.contains(helper.id())) {
            return Scalar.of(Range.signed(-MAX_ERRNO, facts.sizeBound).normalized());
        }
        if (helper.id() == HelperId.GET_SMP_PROCESSOR_ID) {
            return Scalar.of(Range.unsigned(0, MOST_CPUS - 1));
        }
        return Scalar.UNKNOWN;
    }

    private Value pointer(Region region, boolean orNull) {
        return orNull ? Pointer.orNull(region, environment.paths().newId()) : Pointer.to(region);
    }

    private Value mapValue(CallFacts facts, boolean orNull) {
        MapDescriptor map = facts.map.orElseThrow(
                () -> new Refusal(Cause.HELPER_ARGUMENT, "kernel subsystem misconfigured verifier"));
        Region region = new Region.MapValue(map, facts.lookup);
        if (orNull) {
            return Pointer.orNull(region, environment.paths().newId());
        }
        boolean locked = map.has(SpecialField.Kind.SPIN_LOCK) || map.has(SpecialField.Kind.RES_SPIN_LOCK);
        return locked ? Pointer.to(region).withId(environment.paths().newId()) : Pointer.to(region);
    }

    private Value memory(ReturnType type, CallFacts facts, boolean orNull) {
        boolean record = type.is(TypeModifier.RINGBUF);
        boolean readOnly = type.is(TypeModifier.RDONLY);
        int size = (int) Math.min(facts.memorySize, Integer.MAX_VALUE);
        return pointer(new Region.Memory(size, readOnly, record, facts.dynptr, false), orNull);
    }

    /** A per-CPU variable of the kernel's: memory if it is a number, else an object. */
    private Value variable(ReturnType type, CallFacts facts, boolean orNull) {
        KernelType found = facts.objectType.orElseThrow(
                () -> new Refusal(Cause.HELPER_ARGUMENT, "Helper has invalid btf_id in R1"));
        Btf btf = found.btf();
        if (btf.type(btf.strip(found.id())) instanceof BtfType.Composite) {
            if (facts.allocatedPerCpu) {
                return Pointer.to(new Region.KernelObject(found, Trust.RCU, true, false, false, false));
            }
            return pointer(Region.KernelObject.of(found, Trust.TRUSTED), orNull);
        }
        int size = new BtfLayout(btf).size(found.id());
        return pointer(new Region.Memory(size, type.is(TypeModifier.RDONLY), false, 0, false), orNull);
    }

    private Value object(ProgramState state, HelperPrototype helper, CallFacts facts, boolean orNull) {
        if (helper.id() == HelperId.KPTR_XCHG) {
            return exchanged(facts);
        }
        String name = helper.returns().btfType().orElse("");
        Trust trust = helper.returns().is(TypeModifier.TRUSTED) ? Trust.TRUSTED : Trust.WALKED;
        KernelType type = KernelTypes.named(environment, name)
                .orElseThrow(() -> new Refusal(
                        Cause.TYPE_INFORMATION,
                        "invalid return type " + name + " of func " + facts.label() + " in slot " + state.slot()));
        return pointer(Region.KernelObject.of(type, trust), orNull);
    }

    private Value exchanged(CallFacts facts) {
        SpecialField field =
                facts.kptr.orElseThrow(() -> new Refusal(Cause.SPECIAL_FIELD, "map_value has no valid kptr"));
        KernelType type = field.target().orElseThrow();
        boolean perCpu = field.kind() == SpecialField.Kind.KPTR_PERCPU;
        boolean own = !KernelTypes.isKernels(environment, type);
        Region region = new Region.KernelObject(type, Trust.WALKED, own, false, own && perCpu, false);
        return Pointer.orNull(region, environment.paths().newId());
    }

    private Value withReference(ProgramState state, HelperPrototype helper, CallFacts facts, Value value) {
        if (!(value instanceof Pointer pointer)) {
            return value;
        }
        if (helper.is(HelperTrait.CASTS_POINTER) || helper.is(HelperTrait.BORROWS_FROM_DYNPTR)) {
            return pointer.withReference(facts.referenceId);
        }
        boolean fromMap = helper.is(HelperTrait.ACQUIRES_FROM_SOCKET_MAP)
                && facts.map.isPresent()
                && MapRules.holdsSockets(facts.map.get());
        if (!helper.is(HelperTrait.ACQUIRES) && !fromMap) {
            return value;
        }
        int reference = References.acquire(state, environment);
        return pointer.withId(reference).withReference(reference);
    }
}
