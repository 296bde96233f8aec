package dev.skep.bench.vm;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.PacketRunner;
import dev.skep.engine.map.EngineMap;
import dev.skep.engine.map.RingBufferMap;
import dev.skep.object.BpfObject;
import dev.skep.object.host.EventStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** The embedded engine. Every run counts as a user pays for it, with the packet copied in. */
final class EngineMachine implements Machine {
    private final EngineHost host;
    private final EngineObject object;
    private final PacketRunner runner;
    private final List<EventStream> events;
    private byte[] packet = {};

    EngineMachine(BpfObject spec, EngineOptions options) {
        host = EngineHost.open(options);
        object = host.load(spec);
        runner = object.programs().getFirst().openRunner();
        events = object.maps().stream()
                .filter(RingBufferMap.class::isInstance)
                .map(map -> ((RingBufferMap) map).events())
                .toList();
    }

    @Override
    public int check(byte[] newPacket, Fingerprint seen) {
        packet = newPacket;
        int result = (int) runner.run(packet, 0, packet.length);
        byte[] left = new byte[runner.packetLength()];
        runner.copyPacket(left, 0);
        seen.add(left);
        object.map(".bss").map(EngineMachine::onlyValue).ifPresent(seen::add);
        drain(seen::add);
        return result;
    }

    private static byte[] onlyValue(EngineMap map) {
        return map.lookup(new byte[Integer.BYTES]).orElseThrow();
    }

    private void drain(Consumer<ByteBuffer> consumer) {
        events.forEach(stream -> stream.drain(consumer));
    }

    @Override
    public double measure(int runs) {
        byte[] bytes = Arrays.copyOf(packet, packet.length);
        long start = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            runner.run(bytes, 0, bytes.length);
        }
        double time = (double) (System.nanoTime() - start) / runs;
        drain(record -> {});
        return time;
    }

    @Override
    public void close() {
        runner.close();
        object.close();
        host.close();
    }
}
