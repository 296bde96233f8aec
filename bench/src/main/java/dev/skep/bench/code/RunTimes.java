package dev.skep.bench.code;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.event.RingBuffer;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.program.TestRunOptions;
import dev.skep.linux.program.TestRunResult;
import dev.skep.object.BpfObject;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Nanoseconds of a run in the kernel, by turns.
 *
 * @param java of our compiler's code @param clang of clang's
 */
record RunTimes(double java, double clang) {
    private static final int ROUNDS = 31;
    private static final int RUNS = 60;
    private static final int LENGTH = 1480;

    double ratio() {
        return java / clang;
    }

    /**
     * Measures two programs that do the same.
     *
     * @return empty where this user may load nothing
     * @throws IllegalStateException if they do not do the same
     */
    static Optional<RunTimes> measure(String name, BpfObject java, BpfObject clang) {
        try (LinuxHost host = LinuxHost.open();
                LinuxObject ours = host.load(java);
                LinuxObject theirs = host.load(clang)) {
            byte[] packet = packet();
            int result = run(ours, packet, 1).returnValue();
            int expected = run(theirs, packet, 1).returnValue();
            if (result != expected) {
                throw new IllegalStateException(name + ": Java's code returns " + result + ", clang's " + expected);
            }
            double[] first = new double[ROUNDS];
            double[] second = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                first[round] = run(ours, packet, RUNS).averageTime().toNanos();
                second[round] = run(theirs, packet, RUNS).averageTime().toNanos();
            }
            Arrays.sort(first);
            Arrays.sort(second);
            return Optional.of(new RunTimes(first[ROUNDS / 2], second[ROUNDS / 2]));
        } catch (HostException e) {
            System.err.println(name + ": not measured: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Runs it, and makes room in its ring buffer again. */
    private static TestRunResult run(LinuxObject object, byte[] packet, int runs) {
        LinuxProgram program = object.programs().getFirst();
        TestRunResult result = program.testRun(TestRunOptions.packet(packet).withRepeat(runs));
        object.maps().stream()
                .filter(map -> map.spec().type() == MapType.RINGBUF)
                .forEach(map -> {
                    try (RingBuffer events = RingBuffer.open(map)) {
                        events.drain(record -> {});
                    }
                });
        return result;
    }

    /** IPv4 and UDP with a payload that is always the same. */
    private static byte[] packet() {
        byte[] bytes = new byte[LENGTH];
        new SplittableRandom(1).nextBytes(bytes);
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        packet.putShort(12, (short) 0x0800);
        packet.put(14, (byte) 0x45);
        packet.put(22, (byte) 64);
        packet.put(23, (byte) 17);
        packet.putShort(38, (short) (LENGTH - 34));
        return bytes;
    }
}
