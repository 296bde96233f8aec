package dev.skep.engine;

import dev.skep.engine.context.PacketContext;
import dev.skep.engine.context.Redirect;
import dev.skep.engine.context.SocketBufferContext;
import dev.skep.engine.context.TaskContext;
import dev.skep.engine.interpreter.Code;
import dev.skep.engine.interpreter.LogicalCpu;
import java.util.List;
import java.util.Optional;

/**
 * Runs one program on one packet after the other, without allocating anything for a packet. What the last run left behind
 * stays readable until the next. Not thread-safe; open one for each thread.
 */
public final class PacketRunner implements AutoCloseable {
    private final CpuPool cpus;
    private final Code code;
    private final PacketContext packet;
    private TaskContext task = TaskContext.IDLE;

    PacketRunner(CpuPool cpus, Code code, PacketContext packet) {
        this.cpus = cpus;
        this.code = code;
        this.packet = packet;
    }

    /** In whose name the next runs are. */
    public void runAs(TaskContext newTask) {
        task = newTask;
    }

    /**
     * Runs the program on a packet.
     *
     * @param buffer holds an Ethernet frame of {@code length} bytes at {@code offset}; it is copied, not changed
     * @return r0; the verdict is in its lower 32 bits
     * @throws TrapException if the run was ended
     * @throws dev.skep.object.host.HostException E2BIG if the packet is longer than 262,144 bytes
     */
    public long run(byte[] buffer, int offset, int length) {
        packet.load(buffer, offset, length);
        LogicalCpu cpu = cpus.take();
        try {
            cpu.runAs(task);
            return cpu.run(code, packet);
        } finally {
            cpus.give(cpu);
        }
    }

    /** Length of the frame as the last run left it and as it would go out, with a VLAN tag kept beside it. */
    public int packetLength() {
        return packet.frameLength();
    }

    /** Copies that frame, {@link #packetLength()} bytes, to {@code target} from {@code offset} on. */
    public void copyPacket(byte[] target, int offset) {
        packet.copyFrame(target, offset);
    }

    /** Where the last run asked the packet to go; it goes there only if the verdict says redirect. */
    public Optional<Redirect> redirect() {
        return packet.redirect();
    }

    /** The copies the last run sent off ({@code bpf_clone_redirect}), in order. */
    public List<SocketBufferContext.Clone> clones() {
        return packet instanceof SocketBufferContext socketBuffer ? socketBuffer.clones() : List.of();
    }

    @Override
    public void close() {
        packet.close();
    }
}
