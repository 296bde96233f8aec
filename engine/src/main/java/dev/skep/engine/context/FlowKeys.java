package dev.skep.engine.context;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.Bytes;

/** {@code struct bpf_flow_keys} of linux/bpf.h: what a flow dissector fills in. */
final class FlowKeys {
    private static final int NHOFF = 0;
    private static final int THOFF = 2;
    private static final int N_PROTO = 10;
    private static final int SIZE = 56;

    private final Sandbox sandbox;
    private final long address;

    FlowKeys(Sandbox sandbox) {
        this.sandbox = sandbox;
        address = sandbox.allocate(SIZE, true, "flow keys (struct bpf_flow_keys)");
    }

    long address() {
        return address;
    }

    /** As {@code bpf_prog_test_run_flow_dissector} starts. @param protocol EtherType in network order */
    void reset(int networkOffset, int protocol) {
        sandbox.fill(address, SIZE, (byte) 0);
        sandbox.putShort(address + NHOFF, (short) networkOffset);
        sandbox.putShort(address + THOFF, (short) networkOffset);
        sandbox.putShort(address + N_PROTO, (short) protocol);
    }

    Bytes toBytes() {
        return Bytes.of(sandbox.toArray(address, SIZE));
    }

    void release() {
        sandbox.release(address);
    }
}
