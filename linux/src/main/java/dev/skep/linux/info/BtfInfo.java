package dev.skep.linux.info;

import dev.skep.linux.bpf.BpfInfoLayout;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel says about a set of BTF types: {@code struct bpf_btf_info}.
 *
 * @param name {@code vmlinux} or a module's name; "" for what a loader brought
 * @param size of the raw section, in bytes
 * @param kernel whether it is the kernel's or a module's own
 */
public record BtfInfo(int id, String name, int size, boolean kernel) {
    private static final String VMLINUX = "vmlinux";
    private static final int LONGEST_NAME = 128; // modules' names are shorter: MODULE_NAME_LEN, linux/module.h

    /** What the kernel says. @throws HostException if the descriptor is not BTF's */
    public static BtfInfo of(FileDescriptor descriptor) {
        try (InfoBlock block = new InfoBlock()) {
            MemorySegment name =
                    block.room(BpfInfoLayout.BtfInfo.NAME, BpfInfoLayout.BtfInfo.NAME_LEN, LONGEST_NAME, 1);
            long result = block.tryRead(descriptor);
            if (SystemFailure.is(result, Errno.E2BIG)) { // before Linux 5.11 there are no names
                block.set(BpfInfoLayout.BtfInfo.NAME, 0);
                block.set(BpfInfoLayout.BtfInfo.NAME_LEN, 0);
                result = block.tryRead(descriptor);
            }
            SystemFailure.check(result, "read what the kernel knows of a set of BTF types");
            return new BtfInfo(
                    block.word(BpfInfoLayout.BtfInfo.ID),
                    InfoBlock.untilZero(name),
                    block.word(BpfInfoLayout.BtfInfo.BTF_SIZE),
                    block.word(BpfInfoLayout.BtfInfo.KERNEL_BTF) != 0);
        }
    }

    /** Every set of BTF types in the kernel. @throws HostException EPERM without CAP_SYS_ADMIN */
    public static List<BtfInfo> all() {
        return ObjectKind.BTF.all(BtfInfo::of);
    }

    /**
     * The types that a program was loaded with.
     *
     * @return empty if it was loaded without
     * @throws HostException EPERM without CAP_SYS_ADMIN
     */
    public static Optional<Btf> typesOf(ProgramInfo program) {
        if (program.btfId() == 0) {
            return Optional.empty();
        }
        try (FileDescriptor descriptor = ObjectKind.BTF.open(program.btfId())) {
            return Optional.of(of(descriptor).types(Btf.EMPTY));
        }
    }

    /** Whether the ids of its types go on where those of {@code vmlinux} end. */
    public boolean split() {
        return kernel && !name.equals(VMLINUX);
    }

    /**
     * Reads the types themselves.
     *
     * @param base the types of {@code vmlinux}, which split BTF continues; not looked at for others
     * @throws HostException if the kernel refuses, ENOENT if they have gone
     */
    public Btf types(Btf base) {
        try (FileDescriptor descriptor = ObjectKind.BTF.open(id)) {
            byte[] raw = raw(descriptor);
            Location where = Location.in(name.isEmpty() ? "BTF " + id : "BTF of " + name);
            return split() ? Btf.openSplit(base, raw, where) : Btf.open(raw, where);
        }
    }

    private byte[] raw(FileDescriptor descriptor) {
        try (InfoBlock block = new InfoBlock()) {
            MemorySegment section = block.room(BpfInfoLayout.BtfInfo.BTF, BpfInfoLayout.BtfInfo.BTF_SIZE, size, 1);
            block.read(descriptor, "BTF " + id);
            return section.toArray(ValueLayout.JAVA_BYTE);
        }
    }
}
