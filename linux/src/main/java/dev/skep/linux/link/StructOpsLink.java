package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfAttrLayout.LinkUpdate;
import dev.skep.linux.bpf.BpfAttrLayout.Obj;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.info.LinkInfo;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A structure of kernel functions that programs implement, registered with the kernel: a TCP congestion control, a
 * scheduler (Linux 5.6). It is a map that is attached, not a program; by a link if the map was created with {@code
 * BPF_F_LINK} (Linux 6.4), else by storing its value, so that it stays registered until the value is deleted.
 *
 * <pre>{@code
 * try (StructOpsLink link = StructOpsLink.attach(map, value)) {
 *     // the congestion control can be chosen by its name
 * }
 * }</pre>
 */
public final class StructOpsLink implements LiveAttachment {
    /** {@code BPF_F_LINK} of linux/bpf.h. */
    public static final int BPF_F_LINK = 1 << 13;

    private static final byte[] KEY = new byte[Integer.BYTES];

    private final AtomicBoolean registered = new AtomicBoolean(true);
    private final LinuxMap map;
    private final Optional<FileDescriptor> link;

    private StructOpsLink(LinuxMap map, Optional<FileDescriptor> link) {
        this.map = map;
        this.link = link;
    }

    /**
     * Registers a structure.
     *
     * @param map of type STRUCT_OPS; stays open as long as this
     * @param value the kernel's structure with descriptors of programs in the place of its functions
     * @throws HostException EEXIST if there is one of this name; else what the kernel refuses with
     */
    public static StructOpsLink attach(LinuxMap map, byte[] value) {
        boolean byLink = (map.spec().flags() & BPF_F_LINK) != 0;
        try {
            map.update(KEY, value);
        } catch (HostException e) {
            boolean prepared = byLink && e.errno() == Errno.EBUSY; // it was attached before
            if (!prepared) {
                throw e;
            }
        }
        return new StructOpsLink(map, byLink ? Optional.of(createLink(map)) : Optional.empty());
    }

    private static FileDescriptor createLink(LinuxMap map) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.MAP_FD, map.descriptor())
                    .set(LinkCreate.ATTACH_TYPE, AttachType.STRUCT_OPS.number())
                    .expect(LinkCreate.FLAGS);
            long result = attr.call(BpfCommand.LINK_CREATE);
            if (result < 0) {
                throw SystemFailure.refused(
                        result,
                        "register " + map,
                        SystemFailure.is(result, Errno.EEXIST) ? "something else is registered under this name" : "");
            }
            return FileDescriptor.owning(result);
        }
    }

    /** What is registered. */
    public LinuxMap map() {
        return map;
    }

    @Override
    public String name() {
        return map.spec().name();
    }

    /** Whether it is registered by a link, so that it can be pinned, and ends with its last holder. */
    public boolean isLink() {
        return link.isPresent();
    }

    /** What the kernel says about the link; empty if it is registered without one. */
    public Optional<LinkInfo> info() {
        return link.map(LinkInfo::of);
    }

    /**
     * Registers another structure in its place, without a gap.
     *
     * @param replacement a map with {@code BPF_F_LINK} that has its value
     * @throws HostException EOPNOTSUPP if this is registered without a link, or the kernel cannot replace such a
     *     structure
     */
    public void update(LinuxMap replacement) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkUpdate.LINK_FD, requireLink("replace it"))
                    .set(LinkUpdate.NEW_MAP_FD, replacement.descriptor());
            attr.call(BpfCommand.LINK_UPDATE, "put " + replacement + " in place of " + map);
        }
    }

    @Override
    public void pin(Path path) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(Obj.PATHNAME, arena.allocateFrom(path.toString()))
                    .set(Obj.BPF_FD, requireLink("pin it at " + path));
            attr.call(BpfCommand.OBJ_PIN, "pin " + this + " at " + path);
        }
    }

    private FileDescriptor requireLink(String attempted) {
        return link.orElseThrow(() -> new HostException(
                Errno.EOPNOTSUPP,
                "cannot " + attempted + ": " + map
                        + " is registered without a link; put it into SEC(\".struct_ops.link\")"));
    }

    @Override
    public void release() {
        registered.set(false);
        link.ifPresent(FileDescriptor::close);
    }

    /** Takes it out of the kernel, unless it is pinned; does nothing the second time. */
    @Override
    public void close() {
        if (registered.getAndSet(false)) {
            link.ifPresentOrElse(FileDescriptor::close, () -> map.delete(KEY));
        }
    }

    @Override
    public String toString() {
        return "struct_ops variable " + name();
    }
}
