package dev.skep.bench.vm;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.event.RingBuffer;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.program.TestRunOptions;
import dev.skep.linux.program.TestRunResult;
import dev.skep.object.BpfObject;
import dev.skep.object.map.MapType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** The running kernel, by {@code BPF_PROG_TEST_RUN}, whose own clock counts; what an empty program takes is subtracted. */
final class KernelMachine implements Machine {
    private final LinuxHost host;
    private final LinuxObject object;
    private final LinuxProgram program;
    private final LinuxObject nothing;
    private final List<RingBuffer> events;
    private byte[] packet = {};

    /** @throws dev.skep.object.host.HostException if the kernel lets nobody, or not this user, load programs */
    KernelMachine(BpfObject spec, BpfObject empty) {
        host = LinuxHost.open();
        nothing = host.load(empty);
        object = host.load(spec);
        program = object.programs().getFirst();
        events = object.maps().stream()
                .filter(map -> map.spec().type() == MapType.RINGBUF)
                .map(RingBuffer::open)
                .toList();
    }

    @Override
    public int check(byte[] newPacket, Fingerprint seen) {
        packet = newPacket;
        TestRunResult result = program.testRun(TestRunOptions.packet(packet));
        seen.add(result.data().toArray());
        object.map(".bss").flatMap(map -> map.lookup(new byte[Integer.BYTES])).ifPresent(seen::add);
        drain(seen::add);
        return result.returnValue();
    }

    private void drain(Consumer<ByteBuffer> consumer) {
        events.forEach(ring -> ring.drain(consumer));
    }

    @Override
    public double measure(int runs) {
        long time = averageTime(program, runs);
        drain(record -> {});
        return time - averageTime(nothing.programs().getFirst(), BenchmarkProgram.EMPTY.runsAtOnce());
    }

    private long averageTime(LinuxProgram running, int runs) {
        return running.testRun(TestRunOptions.packet(packet).withRepeat(runs))
                .averageTime()
                .toNanos();
    }

    @Override
    public void close() {
        events.forEach(RingBuffer::close);
        object.close();
        nothing.close();
        host.close();
    }
}
