package dev.skep.linux.program;

import dev.skep.object.Bytes;
import java.util.OptionalInt;

/**
 * How a program is run for a test ({@code BPF_PROG_TEST_RUN}).
 *
 * <pre>{@code
 * TestRunResult result = program.testRun(TestRunOptions.packet(packet).withRepeat(1_000_000));
 * System.out.println(result.averageTime());
 * }</pre>
 *
 * @param data the packet; none for programs that get none
 * @param context the user-visible context structure ({@code __sk_buff}, {@code xdp_md}); for raw tracepoints the arguments, 8 bytes
 *     each; for syscall programs the memory they get; empty for defaults
 * @param repeat how often the program runs, on what the run before left; not for raw tracepoints and syscall programs
 * @param cpu where it runs; only for raw tracepoints
 * @param liveFrames XDP only: frames really go where the verdict sends them (Linux 5.18), and are not returned
 * @param batchSize frames in a batch of live frames, up to 256; 0 for the kernel's choice
 * @param flags further {@code BPF_F_TEST_*} flags, such as {@code BPF_F_TEST_SKB_CHECKSUM_COMPLETE}
 */
public record TestRunOptions(
        Bytes data, Bytes context, int repeat, OptionalInt cpu, boolean liveFrames, int batchSize, int flags) {

    /** One run without data, with the default context. */
    public static final TestRunOptions DEFAULT =
            new TestRunOptions(Bytes.EMPTY, Bytes.EMPTY, 1, OptionalInt.empty(), false, 0, 0);

    public TestRunOptions {
        if (repeat < 1) {
            throw new IllegalArgumentException("cannot run " + repeat + " times");
        }
    }

    /** One run on a packet. */
    public static TestRunOptions packet(byte[] data) {
        return DEFAULT.withData(Bytes.of(data));
    }

    /** One run with a context alone: raw tracepoint's arguments, a syscall program's memory. */
    public static TestRunOptions context(byte[] context) {
        return DEFAULT.withContext(Bytes.of(context));
    }

    /** The same on another packet. */
    public TestRunOptions withData(Bytes newData) {
        return new TestRunOptions(newData, context, repeat, cpu, liveFrames, batchSize, flags);
    }

    /** The same with another context. */
    public TestRunOptions withContext(Bytes newContext) {
        return new TestRunOptions(data, newContext, repeat, cpu, liveFrames, batchSize, flags);
    }

    /** The same, so many times. */
    public TestRunOptions withRepeat(int times) {
        return new TestRunOptions(data, context, times, cpu, liveFrames, batchSize, flags);
    }

    /** The same on a CPU. */
    public TestRunOptions onCpu(int number) {
        return new TestRunOptions(data, context, repeat, OptionalInt.of(number), liveFrames, batchSize, flags);
    }

    /** The same with frames that really go where the verdict sends them. @param newBatchSize 0 for the kernel's choice */
    public TestRunOptions withLiveFrames(int newBatchSize) {
        return new TestRunOptions(data, context, repeat, cpu, true, newBatchSize, flags);
    }

    /** The same with further flags. */
    public TestRunOptions withFlags(int newFlags) {
        return new TestRunOptions(data, context, repeat, cpu, liveFrames, batchSize, newFlags);
    }
}
