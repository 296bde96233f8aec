package dev.skep.library;

import dev.skep.lang.Bpf;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.TracepointArguments;
import dev.skep.lang.kernel.Address;
import dev.skep.lang.kernel.Inside;
import dev.skep.lang.kernel.Kernel;
import dev.skep.lang.kernel.KernelStruct;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.program.RawTracepoint;

/** Asks the kernel about its types, and reads by way of structures inside others. */
public final class Questions {
    @KernelName("task_struct")
    @SuppressWarnings("NullAway.Init")
    abstract static class Task extends KernelStruct {
        Files files;
        int no_such_field;

        @Length(16)
        byte[] comm;
    }

    @KernelName("files_struct")
    @SuppressWarnings("NullAway.Init")
    abstract static class Files extends KernelStruct {
        @Inside
        FileTable fdtab;
    }

    @KernelName("fdtable")
    abstract static class FileTable extends KernelStruct {
        int max_fds;

        @Address
        long fd;
    }

    @KernelName("no_such_struct")
    abstract static class Missing extends KernelStruct {
        int field;
    }

    /** What the answers are. */
    public static final class Answers extends Struct {
        public boolean field;
        public boolean noField;
        public boolean type;
        public boolean noType;
        public boolean value;
        public boolean noValue;
        public int number;
        public int size;
        public int openFiles;
        public long files;
    }

    static final ArrayMap<Answers> answers = new ArrayMap<>(1);

    private Questions() {}

    @RawTracepoint("sys_enter")
    static int ask(TracepointArguments arguments) {
        Answers known = answers.lookup(0);
        if (known == null) {
            return 0;
        }
        known.field = Kernel.has(Task.class, "comm");
        known.noField = Kernel.has(Task.class, "no_such_field");
        known.type = Kernel.has(Task.class);
        known.noType = Kernel.has(Missing.class);
        known.value = Kernel.hasValue("bpf_map_type", "BPF_MAP_TYPE_RINGBUF");
        known.noValue = Kernel.hasValue("bpf_map_type", "BPF_MAP_TYPE_NONSENSE");
        if (Kernel.hasValue("bpf_map_type", "BPF_MAP_TYPE_RINGBUF")) {
            known.number = Kernel.value("bpf_map_type", "BPF_MAP_TYPE_RINGBUF");
        }
        known.size = Kernel.sizeOf(FileTable.class);
        FileTable table = Kernel.at(Bpf.currentTask(), Task.class).files.fdtab;
        known.openFiles = table.max_fds;
        known.files = table.fd;
        return 0;
    }
}
