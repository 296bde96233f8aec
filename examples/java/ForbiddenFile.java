import dev.skep.lang.Bpf;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.TracepointArguments;
import dev.skep.lang.kernel.Address;
import dev.skep.lang.kernel.Inside;
import dev.skep.lang.kernel.KernelStruct;
import dev.skep.lang.program.Lsm;

/** Nobody opens a file named {@code forbidden.txt}, whoever it is (security module, structures of the kernel). */
public final class ForbiddenFile {
    @KernelName("file")
    abstract static class OpenFile extends KernelStruct {
        @Inside
        Path f_path;
    }

    @KernelName("path")
    abstract static class Path extends KernelStruct {
        DirectoryEntry dentry;
    }

    @KernelName("dentry")
    abstract static class DirectoryEntry extends KernelStruct {
        @Inside
        CountedString d_name;
    }

    @KernelName("qstr")
    abstract static class CountedString extends KernelStruct {
        @Address
        long name;
    }

    static final class Name extends Struct {
        @Length(16)
        byte[] text;
    }

    /** {@code -EPERM} of asm/errno.h. */
    private static final int NOT_PERMITTED = -1;

    static long refused;

    private ForbiddenFile() {}

    @Lsm("file_open")
    static int open(TracepointArguments arguments) {
        Name name = new Name();
        long text = arguments.kernel(0, OpenFile.class).f_path.dentry.d_name.name;
        if (Bpf.probeReadKernelString(name.text, text) > 0 && isForbidden(name.text)) {
            refused++;
            return NOT_PERMITTED;
        }
        return 0;
    }

    private static boolean isForbidden(byte[] name) {
        return name[0] == 'f'
                && name[1] == 'o'
                && name[2] == 'r'
                && name[3] == 'b'
                && name[4] == 'i'
                && name[5] == 'd'
                && name[6] == 'd'
                && name[7] == 'e'
                && name[8] == 'n'
                && name[9] == '.'
                && name[10] == 't'
                && name[11] == 'x'
                && name[12] == 't'
                && name[13] == 0;
    }
}
