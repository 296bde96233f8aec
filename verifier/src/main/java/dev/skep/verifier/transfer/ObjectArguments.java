package dev.skep.verifier.transfer;

import dev.skep.object.program.HelperId;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ArgumentType;
import dev.skep.verifier.kernel.TypeModifier;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.TypeName;
import dev.skep.verifier.value.Value;

/** Arguments that must be objects of a certain type ({@code btf_struct_ids_match}). */
final class ObjectArguments {
    private final Environment environment;

    ObjectArguments(Environment environment) {
        this.environment = environment;
    }

    void check(Value value, int register, ArgumentType type, CallFacts facts) {
        if (!(value instanceof Pointer pointer) || !(pointer.region() instanceof Region.KernelObject object)) {
            return;
        }
        switch (type.kind()) {
            case MAP_KEY, MAP_VALUE, MEM -> checkReadOnly(register, type, pointer, facts);
            case BTF_ID, BTF_ID_SOCK_COMMON -> {
                if (facts.kptr.isPresent()) {
                    new KernelPointers(environment).checkFits(value, register, facts.kptr.get());
                } else if (!type.btfTypes().isEmpty()) {
                    checkType(register, type, pointer, object, facts);
                }
            }
            default -> {}
        }
    }

    private static void checkReadOnly(int register, ArgumentType type, Pointer pointer, CallFacts facts) {
        if (!type.is(TypeModifier.RDONLY)) {
            throw Refusal.ofRegister(
                    Cause.HELPER_ARGUMENT,
                    register,
                    "%s() may write into memory pointed by R%d type=%s"
                            .formatted(facts.name, register, TypeName.of(pointer)));
        }
    }

    private void checkType(
            int register, ArgumentType type, Pointer pointer, Region.KernelObject object, CallFacts facts) {
        boolean released = type.is(TypeModifier.RELEASE);
        // What a socket is released as is the first member of all kinds of sockets.
        boolean whole = released && facts.number != HelperId.SK_RELEASE.number();
        boolean matches = type.btfTypes().stream()
                .anyMatch(name -> whole
                        ? pointer.offset() == 0 && object.type().name().equals(name)
                        : TypeMatch.startsWith(environment, object.type(), pointer.offset(), name));
        if (!matches) {
            throw Refusal.ofRegister(
                    Cause.HELPER_ARGUMENT,
                    register,
                    "R%d is of type %s but %s is expected"
                            .formatted(
                                    register,
                                    object.type().name(),
                                    type.btfTypes().getFirst()));
        }
    }
}
