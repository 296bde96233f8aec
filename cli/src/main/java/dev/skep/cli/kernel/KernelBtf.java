package dev.skep.cli.kernel;

import dev.skep.cli.input.InputFile;
import dev.skep.cli.types.KernelTypes;
import dev.skep.linux.info.BtfInfo;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.btf.Btf;
import java.io.IOException;

/** The types that an object in the kernel was loaded with. */
public final class KernelBtf {
    private KernelBtf() {}

    /**
     * The types with this id.
     *
     * @param id 0 for none
     * @throws dev.skep.object.host.HostException if there are none, or the kernel refuses
     */
    public static Btf of(int id) throws IOException {
        if (id == 0) {
            return Btf.EMPTY;
        }
        BtfInfo info;
        try (FileDescriptor descriptor = ObjectKind.BTF.open(id)) {
            info = BtfInfo.of(descriptor);
        }
        Btf base = info.split() ? KernelTypes.read(new InputFile(KernelTypes.RUNNING_KERNEL.toString())) : Btf.EMPTY;
        return info.types(base);
    }
}
