package dev.skep.verifier.value;

/** The socket structures a program may see through fixed fields of the UAPI ({@code struct bpf_sock} and kin). */
public enum SocketKind {
    SOCK_COMMON("sock_common"),
    SOCKET("sock"),
    TCP_SOCK("tcp_sock"),
    XDP_SOCK("xdp_sock");

    private final String kernelName;

    SocketKind(String kernelName) {
        this.kernelName = kernelName;
    }

    /** As the kernel's log names the register type. */
    public String kernelName() {
        return kernelName;
    }
}
