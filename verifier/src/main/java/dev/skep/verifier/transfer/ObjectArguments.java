package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.ArgumentType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Value;

/** Arguments that must be objects of a certain type ({@code btf_struct_ids_match}). */
final class ObjectArguments {
    private final Environment environment;

    ObjectArguments(Environment environment) {
        this.environment = environment;
    }

    void check(Value value, int register, ArgumentType type, CallFacts facts) {
        boolean typed = type.kind() == ArgumentType.Kind.BTF_ID || type.kind() == ArgumentType.Kind.BTF_ID_SOCK_COMMON;
        if (!typed
                || type.btfTypes().isEmpty()
                || !(value instanceof Pointer pointer)
                || !(pointer.region() instanceof Region.KernelObject object)) {
            return;
        }
        boolean matches = type.btfTypes().stream()
                .anyMatch(name -> TypeMatch.startsWith(environment, object.type(), pointer.offset(), name));
        if (!matches) {
            throw Refusal.ofRegister(
                    Cause.HELPER_ARGUMENT,
                    register,
                    "R%d is of type %s but %s is expected by %s"
                            .formatted(register, object.type().name(), type.btfTypes().getFirst(), facts.name));
        }
    }
}
