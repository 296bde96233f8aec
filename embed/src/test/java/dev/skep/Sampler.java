package dev.skep;

import dev.skep.lang.Bpf;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.TracepointArguments;
import dev.skep.lang.context.XdpAction;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.map.PerCpuArray;
import dev.skep.lang.map.RingBuffer;
import dev.skep.lang.net.Ethernet;
import dev.skep.lang.program.RawTracepoint;
import dev.skep.lang.program.Xdp;

/** Sends what packets look like to user space, and counts system calls. */
final class Sampler {
    /** What user space gets to see of a packet. */
    static final class Sample extends Struct {
        int length;

        @Length(6)
        @Unsigned
        byte[] source;

        char type;
    }

    static final RingBuffer<Sample> samples = new RingBuffer<>(4096);
    static final PerCpuArray<Long> packets = new PerCpuArray<>(2);
    static final ArrayMap<Long> systemCalls = new ArrayMap<>(1024);

    private Sampler() {}

    @Xdp
    static int sample(XdpContext context) {
        Ethernet ethernet = context.packet(0, Ethernet.class);
        if (ethernet == null) {
            return XdpAction.XDP_ABORTED;
        }
        packets.add(1, 1);
        Sample sample = samples.reserve();
        if (sample == null) {
            return XdpAction.XDP_DROP;
        }
        sample.length = context.length();
        sample.type = (char) ethernet.protocol;
        for (int i = 0; i < 6; i++) {
            sample.source[i] = ethernet.source[i];
        }
        samples.submit(sample);
        return XdpAction.XDP_PASS;
    }

    @RawTracepoint("sys_enter")
    static int countCall(TracepointArguments arguments) {
        systemCalls.add((int) arguments.argument(1) & 1023, Bpf.smpProcessorId() >= 0 ? 1 : 0);
        return 0;
    }
}
