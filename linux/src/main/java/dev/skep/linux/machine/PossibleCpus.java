package dev.skep.linux.machine;

import java.util.List;

/** The CPUs this machine could ever have: a per-CPU map keeps a value for each of them, switched on or not. */
public final class PossibleCpus {
    private static final String FILE = "/sys/devices/system/cpu/possible";
    private static final int COUNT = count(MachineFiles.OF_THIS_MACHINE);

    private PossibleCpus() {}

    /** How many. Their numbers are 0 to one less: where there are gaps, those between count too, as in the kernel. */
    public static int count() {
        return COUNT;
    }

    /** @return the CPUs that the JVM sees if the machine does not say */
    static int count(MachineFiles files) {
        List<String> lines = files.lines(FILE);
        if (lines.isEmpty()) {
            return Runtime.getRuntime().availableProcessors();
        }
        String list = lines.getFirst().strip(); // "0-7", "0", "0,2-3"
        int last = Math.max(list.lastIndexOf(','), list.lastIndexOf('-'));
        return Integer.parseInt(list.substring(last + 1)) + 1;
    }
}
