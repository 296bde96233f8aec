package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.ProgQuery;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.attach.Direction;
import dev.skep.object.host.Errno;
import dev.skep.object.program.AttachType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is attached at one hook, in the order in which it runs: {@code BPF_PROG_QUERY}.
 *
 * @param programs the kernel's ids
 * @param links the ids of the links by which they are attached, 0 for one attached without; empty where kernel or hook
 *     do not tell
 * @param flags {@code BPF_F_ALLOW_*} of a control group's hook, else 0
 * @param revision raised by every change, for {@link dev.skep.object.attach.Ordering#atRevision}; 0 where there is none
 */
public record AttachedPrograms(List<Integer> programs, List<Integer> links, int flags, long revision) {
    private static final int BPF_F_QUERY_EFFECTIVE = 1; // linux/bpf.h

    /** One hook never holds more: BPF_CGROUP_MAX_PROGS and BPF_MPROG_MAX are 64. With those of the groups above there can be more. */
    private static final int MOST = 64;

    /** Copies the lists. */
    public AttachedPrograms {
        programs = List.copyOf(programs);
        links = List.copyOf(links);
    }

    /** At an interface's TCX hook (Linux 6.6). @throws HostException ENODEV, or EINVAL from older kernels */
    public static AttachedPrograms atInterface(String name, Direction direction) {
        AttachType type = direction == Direction.INGRESS ? AttachType.TCX_INGRESS : AttachType.TCX_EGRESS;
        return at(Interfaces.named(name).index(), type);
    }

    /** At one of a control group's hooks; those of the groups above, which run too, are not in the list. */
    public static AttachedPrograms atCgroup(Path directory, AttachType type) {
        try (FileDescriptor group = FileDescriptor.open(directory, FileDescriptor.O_RDONLY)) {
            return at(group.number(), type);
        }
    }

    /** All that run for processes of a control group: its own and those of the groups above it, in their order. */
    public static AttachedPrograms effectiveAtCgroup(Path directory, AttachType type) {
        try (FileDescriptor group = FileDescriptor.open(directory, FileDescriptor.O_RDONLY)) {
            return at(group.number(), type, BPF_F_QUERY_EFFECTIVE, MOST);
        }
    }

    /** @param target a descriptor's number or an interface's index, whichever the type goes with */
    static AttachedPrograms at(int target, AttachType type) {
        return at(target, type, 0, MOST);
    }

    private static AttachedPrograms at(int target, AttachType type, int queryFlags, int room) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            MemorySegment programs = arena.allocate(ValueLayout.JAVA_INT, room);
            MemorySegment links = arena.allocate(ValueLayout.JAVA_INT, room);
            attr.set(ProgQuery.TARGET_FD, target)
                    .set(ProgQuery.ATTACH_TYPE, type.number())
                    .set(ProgQuery.PROG_IDS, programs)
                    .set(ProgQuery.PROG_CNT, room)
                    .setIfAny(ProgQuery.QUERY_FLAGS, queryFlags);
            boolean rows = type == AttachType.TCX_INGRESS || type == AttachType.TCX_EGRESS;
            if (rows) {
                attr.set(ProgQuery.LINK_IDS, links);
            }
            attr.expect(ProgQuery.REVISION);
            long result = attr.call(BpfCommand.PROG_QUERY);
            if (SystemFailure.is(result, Errno.ENOENT)) { // nothing has ever been attached
                return new AttachedPrograms(List.of(), List.of(), 0, 1);
            }
            int count = (int) attr.get(ProgQuery.PROG_CNT);
            if (SystemFailure.is(result, Errno.ENOSPC) && count > room) {
                return at(target, type, queryFlags, count);
            }
            SystemFailure.check(result, "ask what is attached at " + type);
            return new AttachedPrograms(
                    ids(programs, count),
                    rows ? ids(links, count) : List.of(),
                    (int) attr.get(ProgQuery.ATTACH_FLAGS),
                    attr.get(ProgQuery.REVISION));
        }
    }

    private static List<Integer> ids(MemorySegment array, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> array.getAtIndex(ValueLayout.JAVA_INT, index))
                .toList();
    }
}
