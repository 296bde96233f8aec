package dev.skep.verifier.transfer;

import dev.skep.verifier.kernel.SocketKind;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Pointer;
import dev.skep.verifier.value.Region;
import java.util.Optional;

/** The struct of the kernel's that a pointer leads to, also where the verifier has a name of its own for it ({@code reg2btf_ids}). */
final class PointerTypes {
    private PointerTypes() {}

    static Optional<KernelType> typeOf(Environment environment, Pointer pointer) {
        return switch (pointer.region()) {
            case Region.KernelObject object -> Optional.of(object.type());
            case Region.MapObject map -> KernelTypes.named(environment, "bpf_map");
            case Region.Socket socket -> structOf(socket.kind()).flatMap(name -> KernelTypes.named(environment, name));
            default -> Optional.empty();
        };
    }

    static Optional<String> structOf(SocketKind kind) {
        return switch (kind) {
            case SOCKET -> Optional.of("sock");
            case SOCK_COMMON -> Optional.of("sock_common");
            case TCP_SOCK -> Optional.of("tcp_sock");
            case XDP_SOCK -> Optional.empty();
        };
    }
}
