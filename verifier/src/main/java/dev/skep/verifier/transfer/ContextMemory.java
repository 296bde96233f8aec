package dev.skep.verifier.transfer;

import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.ContextAccess;
import dev.skep.verifier.kernel.ContextLayout;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.state.ProgramState;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Trust;
import dev.skep.verifier.value.TypeName;
import dev.skep.verifier.value.Value;
import java.util.Optional;
import java.util.Set;

/** Accesses to the context, and to sockets shown through fixed fields ({@code check_ctx_access}, {@code check_sock_access}). */
final class ContextMemory {
    private final Environment environment;
    private final TypedContext typed;

    ContextMemory(Environment environment) {
        this.environment = environment;
        typed = new TypedContext(environment);
    }

    Value access(ProgramState state, Access access, Pointer pointer) {
        if (pointer.maybeNull()) {
            throw Memory.invalid(access, pointer);
        }
        Memory.checkNoLeak(state, environment, access, "ctx");
        Bounds.checkUnmoved(pointer, access.register(), Cause.CONTEXT_ACCESS, false);
        if (access.kind() == Access.Kind.STORE_CONSTANT) {
            environment.demand(
                    KernelFeature.CONSTANTS_STORED_IN_CONTEXT,
                    state.slot(),
                    "BPF_ST stores into R" + access.register() + " ctx is not allowed");
        }
        if (typed.applies()) {
            return typed.access(state, access);
        }
        Value value = untyped(access, state.slot());
        if (access.signed() && value instanceof Pointer) {
            throw denied(access);
        }
        return value;
    }

    private Value untyped(Access access, int slot) {
        Optional<ContextLayout> layout =
                environment.kernel().context(environment.kind().type());
        ContextAccess found = layout.<ContextAccess>map(l -> l.access(
                        access.offset(),
                        access.size(),
                        access.writes(),
                        environment.kind().attachTypeOrDefault()))
                .orElse(new ContextAccess.Denied("programs of this type have no context"));
        KernelModel.youngContextField(environment.kind(), access.offset(), access.size(), access.writes())
                .ifPresent(field -> environment.require(field.field() + " of the context", field.since(), slot));
        return value(access, found, slot);
    }

    private Value value(Access access, ContextAccess found, int slot) {
        return switch (found) {
            case ContextAccess.Number number -> Scalar.UNKNOWN;
            case ContextAccess.PacketData data -> Pointer.to(Region.Packet.DATA);
            case ContextAccess.PacketMeta meta -> Pointer.to(Region.Packet.META);
            case ContextAccess.PacketEnd end -> Pointer.to(Region.Packet.END);
            case ContextAccess.FlowKeys keys -> Pointer.to(new Region.FlowKeys());
            case ContextAccess.Socket socket -> pointer(new Region.Socket(socket.kind()), socket.orNull());
            case ContextAccess.TracepointBuffer buffer -> Pointer.to(new Region.TracepointBuffer());
            case ContextAccess.Restricted restricted -> restricted(access, restricted, slot);
            case ContextAccess.TooNew later ->
                throw environment.tooNew(
                        later.field() + " of the context",
                        later.since(),
                        slot,
                        denied(access).message());
            case ContextAccess.KernelObject object -> kernelObject(access, object);
            case ContextAccess.Denied denied -> throw denied(access);
        };
    }

    private Value restricted(Access access, ContextAccess.Restricted field, int slot) {
        Set<Capability> missing = environment.options().missing(field.needed());
        if (!missing.isEmpty()) {
            throw Refusal.lacking(
                    field.field() + " of the context", missing, denied(access).message());
        }
        return value(access, field.access(), slot);
    }

    static Refusal denied(Access access) {
        return Refusal.ofRegister(
                Cause.CONTEXT_ACCESS,
                access.register(),
                "invalid bpf_context access off=" + access.offset() + " size=" + access.size());
    }

    private Value pointer(Region region, boolean orNull) {
        return orNull ? Pointer.orNull(region, environment.paths().newId()) : Pointer.to(region);
    }

    private Value kernelObject(Access access, ContextAccess.KernelObject object) {
        KernelType type = KernelTypes.named(environment, object.btfType()).orElseThrow(() -> denied(access));
        return Pointer.to(Region.KernelObject.of(type, Trust.TRUSTED));
    }

    Value accessSocket(ProgramState state, Access access, Pointer pointer, Region.Socket socket) {
        if (access.writes()) {
            throw Refusal.ofRegister(
                    Cause.KERNEL_OBJECT_ACCESS,
                    access.register(),
                    access.name() + " cannot write into " + TypeName.of(pointer));
        }
        if (pointer.maybeNull()) {
            throw Memory.invalid(access, pointer);
        }
        if (pointer.variable().smin() < 0) {
            throw Refusal.ofRegister(
                    Cause.KERNEL_OBJECT_ACCESS,
                    access.register(),
                    access.name() + " min value is negative, either use unsigned index or do a if (index >=0) check.");
        }
        int offset = access.offset() + pointer.offset();
        ContextAccess found = environment
                .kernel()
                .socket(socket.kind())
                .access(offset, access.size(), false, environment.kind().attachTypeOrDefault());
        if (found instanceof ContextAccess.Denied) {
            throw Refusal.ofRegister(
                    Cause.KERNEL_OBJECT_ACCESS,
                    access.register(),
                    "R%d invalid %s access off=%d size=%d"
                            .formatted(access.register(), TypeName.of(pointer), offset, access.size()));
        }
        return value(access, found, state.slot());
    }
}
