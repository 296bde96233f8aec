package dev.skep.verifier.kernel;

/** The socket structures that the verifier has a kind of pointer for: {@code enum bpf_reg_type}, include/linux/bpf.h. */
public enum SocketKind {
    /** {@code PTR_TO_SOCKET}: a full socket, {@code struct bpf_sock}. */
    SOCKET("sock", "bpf_sock"),
    /** {@code PTR_TO_SOCK_COMMON}: maybe a request or time-wait socket, the part of {@code struct bpf_sock} that those have. */
    SOCK_COMMON("sock_common", "bpf_sock"),
    /** {@code PTR_TO_TCP_SOCK}: {@code struct bpf_tcp_sock}. */
    TCP_SOCK("tcp_sock", "bpf_tcp_sock"),
    /** {@code PTR_TO_XDP_SOCK}: {@code struct bpf_xdp_sock}. */
    XDP_SOCK("xdp_sock", "bpf_xdp_sock");

    private final String kernelName;
    private final String structure;

    SocketKind(String kernelName, String structure) {
        this.kernelName = kernelName;
        this.structure = structure;
    }

    /** As the kernel's log names the register: {@code sock}. */
    public String kernelName() {
        return kernelName;
    }

    /** The structure of linux/bpf.h that programs see. */
    public String structure() {
        return structure;
    }
}
