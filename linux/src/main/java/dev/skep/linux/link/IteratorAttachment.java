package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.GetId;
import dev.skep.linux.bpf.BpfAttrLayout.LinkCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.bpf.Field;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.IteratorScope;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * An iterator (Linux 5.8): nothing happens until somebody reads, see {@link IteratorStream}. Its program can be
 * replaced.
 *
 * <pre>{@code
 * try (LinuxLink link = host.attach(program, new ProbePoint.Iterator("task"));
 *         InputStream text = IteratorStream.open((BpfLink) link)) {
 *     text.transferTo(System.out);
 * }
 * }</pre>
 */
final class IteratorAttachment {
    /** {@code union bpf_iter_link_info} of linux/bpf.h. */
    private static final Field MAP_FD = Field.u32("map.map_fd", 0);

    private static final Field CGROUP_ORDER = Field.u32("cgroup.order", 0);
    private static final Field CGROUP_FD = Field.u32("cgroup.cgroup_fd", 4);
    private static final Field TASK_TID = Field.u32("task.tid", 0);
    private static final Field TASK_PID = Field.u32("task.pid", 4);
    private static final int LINK_INFO_SIZE = 16;

    /** Kernels before 6.1 refuse more than the map's descriptor. */
    private static final int MAP_INFO_SIZE = 4;

    private IteratorAttachment() {}

    static LinuxLink attach(LinuxProgram program, ProbePoint.Iterator point) {
        return switch (point.scope()) {
            case IteratorScope.Everything _ -> create(program, point, MemorySegment.NULL);
            case IteratorScope.Thread(int tid) -> createWith(program, point, LINK_INFO_SIZE, TASK_TID, tid);
            case IteratorScope.Process(int pid) -> createWith(program, point, LINK_INFO_SIZE, TASK_PID, pid);
            case IteratorScope.MapElements(int mapId) -> {
                try (FileDescriptor map = openMap(mapId, point)) {
                    yield createWith(program, point, MAP_INFO_SIZE, MAP_FD, map.number());
                }
            }
            case IteratorScope.ControlGroups(String path, IteratorScope.ControlGroups.Order order) -> {
                try (FileDescriptor group = FileDescriptor.open(Path.of(path), FileDescriptor.O_RDONLY);
                        Arena arena = Arena.ofConfined()) {
                    MemorySegment info = arena.allocate(LINK_INFO_SIZE, 8);
                    info.set(ValueLayout.JAVA_INT, CGROUP_ORDER.offset(), order.ordinal());
                    info.set(ValueLayout.JAVA_INT, CGROUP_FD.offset(), group.number());
                    yield create(program, point, info);
                }
            }
        };
    }

    private static FileDescriptor openMap(int mapId, ProbePoint.Iterator point) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(GetId.MAP_ID, mapId);
            return attr.open(BpfCommand.MAP_GET_FD_BY_ID, "open map " + mapId + " for " + point.describe());
        }
    }

    private static LinuxLink createWith(
            LinuxProgram program, ProbePoint.Iterator point, int size, Field field, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(size, 8);
            info.set(ValueLayout.JAVA_INT, field.offset(), value);
            return create(program, point, info);
        }
    }

    private static LinuxLink create(LinuxProgram program, ProbePoint.Iterator point, MemorySegment info) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(LinkCreate.PROG_FD, program.descriptor())
                    .set(LinkCreate.ATTACH_TYPE, AttachType.TRACE_ITER.number())
                    .expect(LinkCreate.FLAGS);
            if (info.byteSize() > 0) {
                attr.set(LinkCreate.ITER_INFO, info).set(LinkCreate.ITER_INFO_LEN, info.byteSize());
            }
            long result = attr.call(BpfCommand.LINK_CREATE);
            if (result < 0) {
                throw refused(result, program, point);
            }
            return new BpfLink(program, point, FileDescriptor.owning(result));
        }
    }

    private static HostException refused(long result, LinuxProgram program, ProbePoint.Iterator point) {
        String advice = switch (SystemFailure.errno(result)) {
            case EBADF -> "an iterator over the elements of a map needs a map: IteratorScope.MapElements";
            case E2BIG -> "to be limited to a process or a control group, iterators need Linux 6.1";
            case EACCES -> "the map's keys or values are smaller than what the program reads";
            case ESRCH -> "the process has ended";
            default -> "";
        };
        return SystemFailure.refused(result, "attach " + program + " to " + point.describe(), advice);
    }
}
