import dev.skep.lang.Bpf;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.PerfEventData;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.map.StackTraces;
import dev.skep.lang.program.PerfEvent;

/** What the processors are busy with: samples by process and stacks, of the kernel and of the process. */
public final class CpuProfiler {
    /** Where a sample was taken. */
    static final class Place extends Struct {
        int process;

        /** Numbers of {@code stacks}, negative if there is none. */
        int kernelStack;

        int userStack;

        @Length(16)
        byte[] command;
    }

    static final StackTraces stacks = new StackTraces(16_384);
    static final HashMap<Place, Long> samples = new HashMap<>(16_384);

    private CpuProfiler() {}

    @PerfEvent
    static int sample(PerfEventData context) {
        Place place = new Place();
        place.process = (int) (Bpf.currentPidTgid() >>> 32);
        place.kernelStack = Bpf.stackId(context, stacks, 0);
        place.userStack = Bpf.stackId(context, stacks, Bpf.USER_STACK);
        if (Bpf.currentComm(place.command) == 0) {
            samples.add(place, 1);
        }
        return 0;
    }
}
