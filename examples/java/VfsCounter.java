import dev.skep.lang.Bpf;
import dev.skep.lang.context.PtRegs;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.program.KprobeMulti;

/** Counts calls of the kernel's functions for files, by their addresses, with one program at all of them. */
public final class VfsCounter {
    static final HashMap<Long, Long> calls = new HashMap<>(1024);

    private VfsCounter() {}

    @KprobeMulti("vfs_*")
    static int count(PtRegs registers) {
        calls.add(Bpf.getFuncIp(registers), 1);
        return 0;
    }
}
