package dev.skep.engine.helper;

import dev.skep.engine.Environment;
import dev.skep.engine.Execution;
import dev.skep.engine.KernelClock;
import dev.skep.engine.context.PacketContext;
import dev.skep.engine.context.SocketBufferContext;
import dev.skep.engine.context.TaskContext;
import dev.skep.engine.context.XdpContext;
import dev.skep.engine.map.EngineMap;
import dev.skep.engine.map.MapOptions;
import dev.skep.engine.map.Maps;
import dev.skep.engine.map.RingBufferMap;
import dev.skep.engine.memory.Sandbox;
import dev.skep.engine.network.Network;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A CPU that runs no program: helpers can be called from Java, on memory that the test fills in. */
final class StandaloneExecution extends Execution implements AutoCloseable {
    final Sandbox sandbox = Sandbox.open();
    final Maps maps = new Maps(sandbox, new MapOptions(2, 1));
    final List<String> printed = new ArrayList<>();
    Network network = Network.EMPTY;
    Optional<PacketContext> packet = Optional.empty();
    TaskContext task = TaskContext.IDLE;
    Callback callback = (a, b, c, d) -> 0;
    private final long scratch = sandbox.allocate(16, true, "scratch");

    interface Callback {
        long call(long r1, long r2, long r3, long r4);
    }

    /** Address of a fresh region with these bytes. */
    long memory(byte[] bytes) {
        long address = sandbox.allocate(Math.max(1, bytes.length), true, "test");
        sandbox.write(bytes, 0, address, bytes.length);
        return address;
    }

    /** Address of a fresh region with this text and a NUL. */
    long text(String text) {
        return memory((text + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The NUL-terminated text at {@code address}. */
    String textAt(long address) {
        StringBuilder text = new StringBuilder();
        for (long at = address; sandbox.getByte(at) != 0; at++) {
            text.append((char) (sandbox.getByte(at) & 0xff));
        }
        return text.toString();
    }

    @Override
    public Sandbox sandbox() {
        return sandbox;
    }

    @Override
    public int cpu() {
        return 0;
    }

    @Override
    public Environment environment() {
        return new Environment(2, KernelClock.fixed(1_000, 2_000), printed::add, network, Optional.empty());
    }

    @Override
    public int random() {
        return -1;
    }

    @Override
    public EngineMap map(long handle) {
        return maps.withHandle(handle).orElseThrow(() -> trap("no map at " + handle));
    }

    @Override
    public PacketContext packet() {
        return packet.orElseThrow(() -> trap("no packet"));
    }

    @Override
    public XdpContext xdp() {
        return packet() instanceof XdpContext xdp ? xdp : fail("no XDP program");
    }

    @Override
    public SocketBufferContext socketBuffer() {
        return packet() instanceof SocketBufferContext buffer ? buffer : fail("no program with a __sk_buff");
    }

    private <T> T fail(String problem) {
        throw trap(problem);
    }

    @Override
    public TaskContext task() {
        return task;
    }

    @Override
    public ProgramSpec spec() {
        return new ProgramSpec("test", "test", ProgramType.SCHED_CLS, Optional.empty(), Optional.empty(), true, 0, 0);
    }

    @Override
    public boolean hasPacket() {
        return packet.isPresent();
    }

    @Override
    public RingBufferMap ringBuffer(long record) {
        return maps.ringBufferOf(record).orElseThrow(() -> trap("no record at " + record));
    }

    @Override
    public long scratch() {
        return scratch;
    }

    @Override
    public long callback(long function, long r1, long r2, long r3, long r4, long r5) {
        return callback.call(r1, r2, r3, r4);
    }

    @Override
    public OptionalLong tailCall(long map, long index, long context) {
        return OptionalLong.empty();
    }

    @Override
    public void checkRead(long address, long length) {
        if (!LiveMemory.holds(sandbox, address, length, false)) {
            throw trap("read of " + length + " bytes at " + address);
        }
    }

    @Override
    public void checkWrite(long address, long length) {
        if (!LiveMemory.holds(sandbox, address, length, true)) {
            throw trap("write of " + length + " bytes at " + address);
        }
    }

    @Override
    public RuntimeException trap(String problem) {
        return new IllegalStateException(problem);
    }

    @Override
    public void close() {
        maps.close();
        sandbox.close();
    }
}
