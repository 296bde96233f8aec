package dev.skep.verifier.value;

/** What memory a dynptr stands for ({@code enum bpf_dynptr_type}). */
public enum DynptrKind {
    LOCAL("local"),
    RINGBUF("ringbuf"),
    SKB("skb"),
    XDP("xdp"),
    SKB_META("skb_meta"),
    FILE("file");

    private final String kernelName;

    DynptrKind(String kernelName) {
        this.kernelName = kernelName;
    }

    public String kernelName() {
        return kernelName;
    }

    /** It shows a network packet, which moves when it is changed. */
    public boolean isPacket() {
        return this == SKB || this == XDP || this == SKB_META;
    }

    /** Only a ring buffer's dynptr must be given back. */
    public boolean isAcquired() {
        return this == RINGBUF || this == FILE;
    }
}
