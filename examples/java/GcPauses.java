import dev.skep.lang.Bpf;
import dev.skep.lang.Log;
import dev.skep.lang.context.PtRegs;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.measure.Log2Histogram;
import dev.skep.lang.program.Usdt;

/** How long the garbage collector of a JVM takes: between two of HotSpot's own probes (USDT). */
public final class GcPauses {
    /** When a process has begun to collect, in nanoseconds. */
    static final HashMap<Integer, Long> began = new HashMap<>(1024);

    static long pauses;
    static long longestMicros;

    /** Pauses by their length in microseconds: below 0, 0, 1, 2 to 3, 4 to 7 ... */
    static final Log2Histogram micros = new Log2Histogram();

    private GcPauses() {}

    @Usdt("libjvm.so:hotspot:gc__begin")
    static int begin(PtRegs registers) {
        began.put(process(), Bpf.ktimeGetNs());
        return 0;
    }

    @Usdt("libjvm.so:hotspot:gc__end")
    static int end(PtRegs registers) {
        Long start = began.lookup(process());
        if (start == null) {
            return 0;
        }
        long taken = (Bpf.ktimeGetNs() - start) / 1000;
        began.delete(process());
        pauses++;
        longestMicros = Math.max(longestMicros, taken);
        micros.record(taken);
        Log.printf("process %d collected garbage for %ld us", process(), taken);
        return 0;
    }

    private static int process() {
        return (int) (Bpf.currentPidTgid() >>> 32);
    }
}
