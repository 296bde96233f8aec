package dev.skep.engine;

import dev.skep.engine.context.PacketContext;
import dev.skep.engine.context.Redirect;
import dev.skep.engine.context.SocketBufferContext;
import dev.skep.engine.context.TaskContext;
import dev.skep.engine.interpreter.Code;
import dev.skep.engine.interpreter.LogicalCpu;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs one program on one packet after the other, without allocating anything for a packet. What the last run left behind
 * stays readable until the next. Not thread-safe; open one for each thread.
 */
public final class PacketRunner implements AutoCloseable {
    private static final int[] NO_WORKERS = {};

    private final CpuPool cpus;
    private final Supplier<LogicalCpu> choice;
    private final Code code;
    private final PacketContext packet;
    private TaskContext task = TaskContext.IDLE;

    /** @param choice takes a CPU of {@code cpus} */
    PacketRunner(CpuPool cpus, Supplier<LogicalCpu> choice, Code code, PacketContext packet) {
        this.cpus = cpus;
        this.choice = choice;
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
     * @throws dev.skep.object.host.HostException E2BIG if the packet is longer than 262,144 bytes, EBADF if the engine is closed
     */
    public long run(byte[] buffer, int offset, int length) {
        LogicalCpu cpu = choice.get();
        try {
            packet.load(buffer, offset, length);
            cpu.runAs(task);
            return cpu.run(code, packet);
        } finally {
            cpus.give(cpu);
        }
    }

    /**
     * Runs the program on every packet of a batch, in order, on one logical CPU. What the last packet's run left behind stays
     * readable.
     *
     * @throws TrapException if a run was ended; {@link PacketBatch#completed} tells which
     * @throws dev.skep.object.host.HostException E2BIG if a packet is longer than 262,144 bytes
     */
    public void run(PacketBatch batch) {
        batch.begin();
        runPart(batch, NO_WORKERS, 0);
        batch.failure().ifPresent(e -> {
            throw e;
        });
    }

    /**
     * Runs the packets of a batch that are this worker's, until one fails.
     *
     * @param workers by packet: whose it is; all are this one's if it is empty
     */
    void runPart(PacketBatch batch, int[] workers, int worker) {
        boolean all = workers.length == 0;
        LogicalCpu cpu = choice.get();
        int at = 0;
        try {
            cpu.runAs(task);
            for (; at < batch.size(); at++) {
                if (all || workers[at] == worker) {
                    packet.load(batch.bytes(), batch.start(at), batch.length(at));
                    batch.setVerdict(at, (int) cpu.run(code, packet));
                }
            }
        } catch (RuntimeException e) {
            batch.fail(at, e);
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
