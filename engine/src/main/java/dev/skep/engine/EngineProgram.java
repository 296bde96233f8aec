package dev.skep.engine;

import dev.skep.engine.context.PacketContext;
import dev.skep.engine.context.TaskContext;
import dev.skep.engine.interpreter.Code;
import dev.skep.engine.interpreter.JavaTranslation;
import dev.skep.engine.interpreter.LogicalCpu;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.Bytes;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.host.Program;
import dev.skep.object.program.ProgramSpec;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A program loaded into an engine. Programs that look at packets get a packet and their real context; all others are run
 * raw, with memory of the caller's.
 */
public final class EngineProgram implements Program {
    private final EngineHost host;
    private final Code code;
    private final long text;

    EngineProgram(EngineHost host, Code code, long text) {
        this.host = host;
        this.code = code;
        this.text = text;
    }

    @Override
    public ProgramSpec spec() {
        return code.spec();
    }

    /** The number that stands for it in a prog array, where bpf(2) has a file descriptor. */
    public int id() {
        return host.maps().register(code);
    }

    /**
     * Runs it once.
     *
     * <p>For types that look at packets (XDP, traffic control, socket filter, cgroup_skb, lightweight tunnels, flow
     * dissector) {@code data} is an Ethernet frame and {@code context} what {@code BPF_PROG_TEST_RUN} takes. All others get
     * in r1 the address of {@code context}, or of {@code data} if that is empty, and in r2 its length.
     *
     * @throws TrapException if the run was ended: its instruction budget, or an access that checked mode caught
     * @throws HostException EINVAL for a context that fits no packet, E2BIG for a packet over 262,144 bytes
     */
    @Override
    public Outcome run(Input input) {
        return run(input, TaskContext.IDLE);
    }

    /** {@link #run(Input)} in the name of a task. */
    public Outcome run(Input input, TaskContext task) {
        Optional<PacketContext> packet =
                PacketContext.of(spec().type(), host.sandbox(), host.options().checked());
        return packet.isPresent() ? runOn(packet.get(), input, task) : runRaw(input, task);
    }

    private Outcome runOn(PacketContext packet, Input input, TaskContext task) {
        try {
            packet.load(input.data().toArray(), 0, input.data().length());
            packet.applyContext(input.context());
            long returnValue = onCpu(task, cpu -> cpu.run(code, packet));
            return new Outcome(returnValue, packet.dataOut(), packet.contextOut());
        } finally {
            packet.close();
        }
    }

    private Outcome runRaw(Input input, TaskContext task) {
        boolean hasContext = input.context().length() > 0;
        Bytes given = hasContext ? input.context() : input.data();
        Sandbox sandbox = host.sandbox();
        long memory = sandbox.allocate(given.length(), true, "memory");
        try {
            sandbox.write(given.toArray(), 0, memory, given.length());
            long returnValue = onCpu(task, cpu -> cpu.runRaw(code, memory, given.length()));
            Bytes left = Bytes.of(sandbox.toArray(memory, given.length()));
            return new Outcome(returnValue, hasContext ? input.data() : left, hasContext ? left : Bytes.EMPTY);
        } finally {
            sandbox.release(memory);
        }
    }

    private interface Run {
        long on(LogicalCpu cpu);
    }

    private long onCpu(TaskContext task, Run run) {
        LogicalCpu cpu = host.cpus().take();
        try {
            cpu.runAs(task);
            return run.on(cpu);
        } finally {
            host.cpus().give(cpu);
        }
    }

    /**
     * Has Java code run in the place of the program's instructions from now on, also where other programs continue in it. Comes
     * before the first run. The instructions stay what was verified; that the Java code does the same is the caller's word.
     */
    public void runInJava(JavaBody body) {
        code.translateTo(new JavaTranslation(body));
    }

    /**
     * A runner for many packets.
     *
     * @throws HostException ENOTSUPP if programs of this type do not look at packets
     */
    public PacketRunner openRunner() {
        return new PacketRunner(host.cpus(), host.cpus()::take, code, newPacket());
    }

    /**
     * Threads that share the packets of a batch, one for each of the first {@code count} logical CPUs.
     *
     * @param count 1 to {@link EngineOptions#cpus}
     * @throws HostException ENOTSUPP if programs of this type do not look at packets
     */
    public PacketWorkers openWorkers(int count) {
        if (count < 1 || count > host.options().cpus()) {
            throw new IllegalArgumentException("workers is " + count + ", not 1 to the engine's "
                    + host.options().cpus() + " CPUs (EngineOptions.withCpus)");
        }
        return new PacketWorkers(IntStream.range(0, count)
                .mapToObj(number ->
                        new PacketRunner(host.cpus(), () -> host.cpus().take(number), code, newPacket()))
                .toList());
    }

    private PacketContext newPacket() {
        return PacketContext.of(spec().type(), host.sandbox(), host.options().checked())
                .orElseThrow(() -> new HostException(
                        Errno.ENOTSUPP,
                        "running program " + spec().name() + " on packets: its type, " + spec().type()
                                + ", does not look at packets"));
    }

    /** What runs. */
    Code code() {
        return code;
    }

    /** Unloads it. Prog arrays that hold it keep it. */
    void close() {
        host.maps().unregister(code);
        code.unload();
        host.sandbox().release(text);
    }
}
