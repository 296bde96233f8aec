package dev.skep.linux.load;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.ProgBindMap;
import dev.skep.linux.bpf.BpfAttrLayout.ProgLoad;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.bpf.BpfToken;
import dev.skep.linux.doctor.Doctor;
import dev.skep.linux.doctor.Operation;
import dev.skep.linux.feature.Feature;
import dev.skep.linux.feature.KernelFeatures;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.BpfObject;
import dev.skep.object.host.Errno;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Hands one program after the other to the kernel: {@code BPF_PROG_LOAD}. */
final class ProgramLoader {
    private static final int ATTEMPTS = 5; // the kernel says EAGAIN when a signal came in between
    private static final int FIRST_LOG = 64 * 1024;
    /** Kernels take up to 1 GiB; nobody reads that much. */
    private static final int LARGEST_LOG = 256 * 1024 * 1024;

    private final BpfObject object;
    private final KernelExterns externs;
    private final DebugInfo debugInfo;
    private final Map<String, LinuxMap> maps;
    private final Optional<BpfToken> token;
    private final int logLevel;

    /** @param logLevel 0 to have the verifier's log on rejection only; else {@code BPF_LOG_*} of bpf_verifier.h */
    ProgramLoader(
            BpfObject object,
            KernelExterns externs,
            ObjectTypes types,
            Map<String, LinuxMap> maps,
            Optional<BpfToken> token,
            int logLevel) {
        this.object = object;
        this.externs = externs;
        this.debugInfo = new DebugInfo(object, types);
        this.maps = maps;
        this.token = token;
        this.logLevel = logLevel;
    }

    /** A program ready for the kernel. @param expectedAttachType a number, as {@code struct_ops} has its member there */
    record Job(
            ProgramImage image,
            Instructions instructions,
            AttachTarget target,
            int expectedAttachType,
            Optional<LoadDevice> device) {}

    /**
     * What the kernel answered.
     *
     * @param result a descriptor, or a negative error number
     * @param logSize bytes of the whole log, also of what there was no room for; 0 if the kernel does not say
     */
    private record Answer(long result, VerifierLog log, long logSize) {}

    /** Loads it. @return loaded or rejected */
    ProgramOutcome load(Job job) {
        ProgramSpec spec = job.image().spec();
        Answer answer = logLevel == 0 ? attempt(job, 0, 0) : withLog(job, logLevel);
        if (answer.result() < 0 && logLevel == 0) {
            Answer explained = withLog(job, 1);
            // It may be taken the second time, as what was short for a moment (EAGAIN, ENOMEM) is there again.
            answer = explained.result() >= 0
                    ? explained
                    : new Answer(answer.result(), explained.log(), explained.logSize());
        }
        if (answer.result() < 0) {
            return new ProgramOutcome.Rejected(rejection(job, answer));
        }
        LinuxProgram program =
                new LinuxProgram(spec, FileDescriptor.owning(answer.result()), List.copyOf(maps.values()));
        bindConstants(program);
        return new ProgramOutcome.Loaded(program, answer.log());
    }

    /** With a log, its buffer as large as it takes: as the kernel says (6.4), else four times larger until it does. */
    private Answer withLog(Job job, int level) {
        int size = FIRST_LOG;
        while (true) {
            Answer answer = attempt(job, level, size);
            if (!SystemFailure.is(answer.result(), Errno.ENOSPC) || size == LARGEST_LOG) {
                return answer;
            }
            long wanted = answer.logSize() > size ? answer.logSize() : 4L * size;
            size = (int) Math.min(LARGEST_LOG, wanted);
        }
    }

    private Answer attempt(Job job, int level, int logSize) {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            describe(job, attr, arena);
            MemorySegment log = MemorySegment.NULL;
            if (logSize > 0) {
                log = arena.allocate(logSize);
                attr.set(ProgLoad.LOG_LEVEL, level)
                        .set(ProgLoad.LOG_SIZE, logSize)
                        .set(ProgLoad.LOG_BUF, log)
                        .expect(ProgLoad.LOG_TRUE_SIZE);
            }
            long result = attr.call(BpfCommand.PROG_LOAD);
            for (int i = 1; i < ATTEMPTS && SystemFailure.is(result, Errno.EAGAIN); i++) {
                result = attr.call(BpfCommand.PROG_LOAD);
            }
            String text = logSize > 0 ? log.getString(0) : "";
            return new Answer(
                    result,
                    new VerifierLog(text, !SystemFailure.is(result, Errno.ENOSPC)),
                    attr.get(ProgLoad.LOG_TRUE_SIZE));
        }
    }

    private void describe(Job job, BpfAttr attr, Arena arena) {
        ProgramSpec spec = job.image().spec();
        attr.set(ProgLoad.PROG_TYPE, spec.type().number())
                .set(ProgLoad.INSN_CNT, job.instructions().slotCount())
                .set(
                        ProgLoad.INSNS,
                        arena.allocateFrom(
                                ValueLayout.JAVA_BYTE, job.instructions().encode()))
                .set(ProgLoad.LICENSE, arena.allocateFrom(object.license()))
                .setIfAny(ProgLoad.EXPECTED_ATTACH_TYPE, job.expectedAttachType())
                .setIfAny(ProgLoad.ATTACH_BTF_ID, job.target().typeId())
                .setIfAny(ProgLoad.ATTACH_PROG_FD, job.target().descriptor());
        if (spec.type() == ProgramType.KPROBE) {
            attr.set(ProgLoad.KERN_VERSION, KernelRelease.running().versionCode()); // asked for before 5.0
        }
        if (KernelFeatures.has(Feature.PROG_NAME)) {
            attr.set(ProgLoad.PROG_NAME, MapNames.sane(spec.name()));
        }
        int deviceFlags = job.device().map(LoadDevice::programFlags).orElse(0);
        attr.setIfAny(ProgLoad.PROG_FLAGS, spec.flags() | deviceFlags);
        job.device().ifPresent(device -> attr.set(ProgLoad.PROG_IFINDEX, device.index()));
        token.ifPresent(rights -> rights.allowProgram(attr));
        List<Integer> modules = externs.modules();
        if (modules.size() > 1) {
            int[] descriptors = modules.stream().mapToInt(Integer::intValue).toArray();
            attr.set(ProgLoad.FD_ARRAY, arena.allocateFrom(ValueLayout.JAVA_INT, descriptors));
        }
        debugInfo.describe(job.image(), attr, arena);
    }

    private Rejection rejection(Job job, Answer answer) {
        ProgramSpec spec = job.image().spec();
        Errno errno = SystemFailure.errno(answer.result());
        OptionalInt instruction = answer.log().instruction();
        Optional<FunctionSpec.Line> line =
                instruction.isEmpty() ? Optional.empty() : lineOf(job.image(), instruction.getAsInt());
        String cause = answer.log().reason().isEmpty() ? likelyCause(job, errno) : "";
        return new Rejection(spec, errno, answer.log(), instruction, line, cause);
    }

    private static String likelyCause(Job job, Errno errno) {
        ProgramSpec spec = job.image().spec();
        return job.device()
                .map(device -> device.likelyCause(errno))
                .filter(cause -> !cause.isEmpty())
                .orElseGet(() ->
                        Doctor.likelyReason(new Operation.LoadProgram(spec.type(), spec.expectedAttachType()), errno));
    }

    private static Optional<FunctionSpec.Line> lineOf(ProgramImage image, int slot) {
        return image.lines().stream().filter(line -> line.slot() <= slot).reduce((before, after) -> after);
    }

    /** Constants of the whole object stay with the program even where it does not use them, so that tools can show them. */
    private void bindConstants(LinuxProgram program) {
        if (!KernelFeatures.has(Feature.PROG_BIND_MAP)) {
            return;
        }
        for (LinuxMap map : maps.values()) {
            if (map.spec().role() == MapSpec.Role.RODATA) {
                try (BpfAttr attr = BpfAttr.take()) {
                    // It is for tools to look at: a program without it runs as well.
                    attr.set(ProgBindMap.PROG_FD, program.descriptor())
                            .set(ProgBindMap.MAP_FD, map.descriptor())
                            .call(BpfCommand.PROG_BIND_MAP);
                }
            }
        }
    }
}
