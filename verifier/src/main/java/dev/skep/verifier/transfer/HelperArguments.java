package dev.skep.verifier.transfer;

import dev.skep.object.program.HelperId;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ArgumentType;
import dev.skep.verifier.kernel.HelperPrototype;
import dev.skep.verifier.kernel.HelperTrait;
import dev.skep.verifier.kernel.TypeModifier;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.state.Held;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Arguments of helpers, one by one ({@code check_func_arg}). */
final class HelperArguments {
    /** Maps of sockets take a socket for a value ({@code resolve_map_arg_type}). */
    private static final ArgumentType SOCKET_IN_MAP =
            new ArgumentType(ArgumentType.Kind.BTF_ID_SOCK_COMMON, Set.of(), 0, List.of("sock_common"));

    private final Environment environment;
    private final HelperMemory memory;
    private final References references;
    private final Alignment alignment;
    private final Dynptrs dynptrs;
    private final Locks locks;
    private final FieldArguments fields;
    private final ObjectArguments objects;
    private final ConstantKeys keys;

    HelperArguments(Environment environment, Memory accesses, HelperMemory memory, References references) {
        this.environment = environment;
        this.memory = memory;
        this.references = references;
        alignment = new Alignment(environment);
        dynptrs = new Dynptrs(accesses, references);
        locks = new Locks(environment);
        fields = new FieldArguments();
        objects = new ObjectArguments(environment);
        keys = new ConstantKeys(environment);
    }

    /** @param index 0 for the first argument, which is in r1 */
    void check(ProgramState state, HelperPrototype helper, int index, CallFacts facts) {
        ArgumentType type = helper.arguments().get(index);
        int register = index + 1;
        Value value = Registers.read(state, register);
        if (type.kind() == ArgumentType.Kind.ANYTHING) {
            if (value instanceof Pointer && environment.hidesAddresses()) {
                throw Refusal.ofRegister(
                        Cause.POINTER_LEAK, register, "R" + register + " leaks addr into helper function");
            }
            return;
        }
        memory.checkPacketAllowed(value, register, helper.is(HelperTrait.PACKET_ACCESS));
        boolean socket = type.kind() == ArgumentType.Kind.MAP_VALUE
                && facts.map.filter(MapRules::holdsSockets).isPresent();
        ArgumentType effective = socket ? SOCKET_IN_MAP : type;
        if (value.isZero() && type.is(TypeModifier.OR_NULL)) {
            environment.paths().markPrecise(state, register);
        } else {
            ArgumentKinds.check(value, register, effective, facts.kptr.isPresent());
            objects.check(value, register, effective, facts);
            checkOffset(value, register, effective);
        }
        references.note(state, value, register, type, facts);
        checkContent(state, helper, index, value, effective, facts);
    }

    private static void checkOffset(Value value, int register, ArgumentType type) {
        if (!(value instanceof Pointer pointer)) {
            return;
        }
        boolean released = type.is(TypeModifier.RELEASE);
        if (released && pointer.offset() != 0 && type.kind() != ArgumentType.Kind.DYNPTR) {
            throw Refusal.ofRegister(
                    Cause.REFERENCE,
                    register,
                    "R" + register + " must have zero offset when passed to release func or trusted arg to kfunc");
        }
        switch (pointer.region()) {
            case Region.Stack stack -> {}
            case Region.Packet packet -> {}
            case Region.MapKey key -> {}
            case Region.MapValue map -> {}
            case Region.Memory memory -> checkRecordStart(pointer, register, type);
            case Region.Buffer buffer -> {}
            case Region.KernelObject object -> Bounds.checkUnmoved(pointer, register, Cause.HELPER_ARGUMENT, true);
            case Region.Context context -> Bounds.checkUnmoved(pointer, register, Cause.CONTEXT_ACCESS, false);
            default -> Bounds.checkUnmoved(pointer, register, Cause.HELPER_ARGUMENT, false);
        }
    }

    private static void checkRecordStart(Pointer pointer, int register, ArgumentType type) {
        if (type.kind() == ArgumentType.Kind.RINGBUF_MEM) {
            Bounds.checkUnmoved(pointer, register, Cause.HELPER_ARGUMENT, false);
        }
    }

    private void checkContent(
            ProgramState state, HelperPrototype helper, int index, Value value, ArgumentType type, CallFacts facts) {
        int register = index + 1;
        boolean writes = type.is(TypeModifier.WRITE);
        boolean fills = type.is(TypeModifier.UNINIT);
        switch (type.kind()) {
            case CONST_MAP_PTR -> noteMap(value, facts);
            case MAP_KEY -> {
                memory.check(state, register, mapOf(facts).keySize(), false, false, facts, false);
                if (helper.id() == HelperId.MAP_LOOKUP_ELEM) {
                    keys.note(state, register, facts);
                }
            }
            case MAP_VALUE -> {
                if (!value.isZero()) {
                    memory.check(state, register, mapOf(facts).valueSize(), writes, false, facts, fills);
                }
            }
            case MEM -> {
                facts.fills = fills;
                if (type.is(TypeModifier.FIXED_SIZE) && !value.isZero()) {
                    memory.check(state, register, type.size(), writes, false, facts, fills);
                    if (type.is(TypeModifier.ALIGNED) && value instanceof Pointer pointer) {
                        alignment.check(pointer, register, 0, type.size(), true);
                    }
                }
            }
            case CONST_SIZE -> checkSize(state, helper, index, facts, false);
            case CONST_SIZE_OR_ZERO -> checkSize(state, helper, index, facts, true);
            case CONST_ALLOC_SIZE_OR_ZERO -> noteAllocation(state, value, register, facts);
            case FUNC -> facts.callback = functionOf(value);
            case SPIN_LOCK -> locks.apply(state, register, Held.Kind.SPIN_LOCK, helper.id() == HelperId.SPIN_LOCK);
            case TIMER -> fields.checkTimer(state, register, facts);
            case KPTR_XCHG_DEST -> facts.kptr = Optional.of(KernelPointers.destination(environment, state, register));
            case CONST_STR -> fields.checkConstantString(state, register);
            case DYNPTR -> dynptrs.argument(state, register, type, facts);
            case PERCPU_BTF_ID -> {
                if (value instanceof Pointer pointer && pointer.region() instanceof Region.KernelObject object) {
                    facts.objectType = Optional.of(object.type());
                    facts.allocatedPerCpu = object.trust() == Trust.RCU;
                }
            }
            default -> {}
        }
    }

    private void checkSize(
            ProgramState state, HelperPrototype helper, int index, CallFacts facts, boolean zeroAllowed) {
        boolean writes = index > 0 && helper.arguments().get(index - 1).is(TypeModifier.WRITE);
        memory.checkSized(state, index + 1, writes, zeroAllowed, facts, facts.fills);
    }

    private void noteAllocation(ProgramState state, Value value, int register, CallFacts facts) {
        if (!(value instanceof Scalar number) || !number.range().isConstant()) {
            throw Refusal.ofRegister(Cause.LENGTH_ARGUMENT, register, "R" + register + " is not a known constant'");
        }
        facts.memorySize = number.range().constant();
        environment.paths().markPrecise(state, register);
    }

    private static OptionalInt functionOf(Value value) {
        return value instanceof Pointer pointer && pointer.region() instanceof Region.FunctionAddress address
                ? OptionalInt.of(address.function())
                : OptionalInt.empty();
    }

    private static void noteMap(Value value, CallFacts facts) {
        if (!(value instanceof Pointer pointer) || !(pointer.region() instanceof Region.MapObject object)) {
            return;
        }
        boolean other =
                facts.map.isPresent() && (!facts.map.get().equals(object.map()) || facts.lookup != object.lookup());
        if (other) {
            throw Refusal.ofRegister(
                    Cause.SPECIAL_FIELD,
                    2,
                    "timer pointer in R1 map_uid=%d doesn't match map pointer in R2 map_uid=%d"
                            .formatted(facts.lookup, object.lookup()));
        }
        facts.map = Optional.of(object.map());
        facts.lookup = object.lookup();
    }

    private static MapDescriptor mapOf(CallFacts facts) {
        return facts.map.orElseThrow(() -> new Refusal(Cause.HELPER_ARGUMENT, "invalid map_ptr to access map->key"));
    }
}
