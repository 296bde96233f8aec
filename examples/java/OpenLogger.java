import dev.skep.lang.Bpf;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.TracepointRecord;
import dev.skep.lang.map.RingBuffer;
import dev.skep.lang.program.Tracepoint;

/** Reports every file that is opened: by which thread, its name, and the file's. */
public final class OpenLogger {
    /** What {@code sys_enter_openat} records. */
    static final class OpenAt extends TracepointRecord {
        int number;
        long folder;
        long name;
        long flags;
        long mode;
    }

    static final class Opened extends Struct {
        int pid;
        int flags;

        @Length(16)
        byte[] command;

        @Length(128)
        byte[] file;
    }

    static final RingBuffer<Opened> opened = new RingBuffer<>(256 * 1024);

    private OpenLogger() {}

    @Tracepoint("syscalls/sys_enter_openat")
    static int open(OpenAt record) {
        Opened event = opened.reserve();
        if (event == null) {
            return 0;
        }
        event.pid = (int) (Bpf.currentPidTgid() >>> 32);
        event.flags = (int) record.flags;
        Bpf.currentComm(event.command);
        Bpf.probeReadUserString(event.file, record.name);
        opened.submit(event);
        return 0;
    }
}
