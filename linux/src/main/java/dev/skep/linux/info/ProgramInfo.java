package dev.skep.linux.info;

import dev.skep.linux.bpf.BpfInfoLayout.ProgInfo;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.Bytes;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel says about a program: {@code struct bpf_prog_info} without its code, which is {@link ProgramCode}.
 *
 * @param typeNumber {@code enum bpf_prog_type}; {@link #type()} is the word for it
 * @param name as the kernel has it: at most 15 characters ({@link ProgramCode#name()} may know the whole)
 * @param tag the first 8 bytes of a hash of the instructions, the same wherever the same program is loaded
 * @param translatedLength bytes of instructions after the verifier's rewriting
 * @param compiledLength bytes of machine code, 0 if interpreted
 * @param loadTime when it was loaded, as the time since the system's start
 * @param createdBy the user id of the process that loaded it
 * @param mapIds the maps it uses
 * @param gplCompatible whether its license allows helpers that are for GPL programs only
 * @param device the device it is bound to
 * @param btfId the BTF that its functions and lines are described in, 0 if none
 * @param attachBtfId the BTF ({@code vmlinux}'s, a module's, another program's) that {@code attachType} is in, 0 if none
 * @param attachType the function or type it was loaded for, 0 if none
 * @param verifiedInstructions how many instructions the verifier walked through
 */
public record ProgramInfo(
        int id,
        int typeNumber,
        String name,
        Bytes tag,
        int translatedLength,
        int compiledLength,
        Duration loadTime,
        int createdBy,
        List<Integer> mapIds,
        boolean gplCompatible,
        Optional<OffloadDevice> device,
        int btfId,
        int attachBtfId,
        int attachType,
        long verifiedInstructions,
        RunCounts runs) {

    public ProgramInfo {
        mapIds = List.copyOf(mapIds);
    }

    /** What the kernel says. @throws HostException if the descriptor is not a program's */
    public static ProgramInfo of(FileDescriptor descriptor) {
        long room = 8;
        while (true) {
            try (InfoBlock block = new InfoBlock()) {
                MemorySegment mapIds = block.room(ProgInfo.MAP_IDS, ProgInfo.NR_MAP_IDS, room, Integer.BYTES);
                block.read(descriptor, "a program");
                long maps = block.number(ProgInfo.NR_MAP_IDS);
                if (maps <= room) {
                    return of(block, InfoBlock.ints(mapIds, maps));
                }
                room = maps; // and once more if maps are bound to the program meanwhile
            }
        }
    }

    private static ProgramInfo of(InfoBlock block, List<Integer> mapIds) {
        return new ProgramInfo(
                block.word(ProgInfo.ID),
                block.word(ProgInfo.TYPE),
                block.text(ProgInfo.NAME),
                block.bytes(ProgInfo.TAG),
                block.word(ProgInfo.XLATED_PROG_LEN),
                block.word(ProgInfo.JITED_PROG_LEN),
                Duration.ofNanos(block.number(ProgInfo.LOAD_TIME)),
                block.word(ProgInfo.CREATED_BY_UID),
                mapIds,
                (block.word(ProgInfo.GPL_COMPATIBLE) & 1) != 0,
                OffloadDevice.of(
                        block.word(ProgInfo.IFINDEX),
                        block.number(ProgInfo.NETNS_DEV),
                        block.number(ProgInfo.NETNS_INO)),
                block.word(ProgInfo.BTF_ID),
                block.word(ProgInfo.ATTACH_BTF_OBJ_ID),
                block.word(ProgInfo.ATTACH_BTF_ID),
                block.number(ProgInfo.VERIFIED_INSNS),
                new RunCounts(
                        Duration.ofNanos(block.number(ProgInfo.RUN_TIME_NS)),
                        block.number(ProgInfo.RUN_CNT),
                        block.number(ProgInfo.RECURSION_MISSES)));
    }

    /** Every program in the kernel. @throws HostException EPERM without CAP_SYS_ADMIN */
    public static List<ProgramInfo> all() {
        return ObjectKind.PROGRAM.all(ProgramInfo::of);
    }

    /** What the program is for; empty for a type that is newer than this software. */
    public Optional<ProgramType> type() {
        return ProgramType.of(typeNumber);
    }

    /**
     * What it could have been loaded from. The kernel keeps no section, and of where the program may be attached only what this
     * record says; there is no object, so the function's index is -1.
     */
    public ProgramSpec spec() {
        return new ProgramSpec(
                name, "", type().orElse(ProgramType.UNSPEC), Optional.empty(), Optional.empty(), true, 0, -1);
    }
}
