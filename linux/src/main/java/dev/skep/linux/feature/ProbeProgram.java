package dev.skep.linux.feature;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.ProgLoad;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.machine.KernelRelease;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.BiConsumer;

/**
 * A small program, loaded only to hear what the kernel says to it.
 *
 * @param more sets further members of {@code BPF_PROG_LOAD}; what it allocates in the arena lives until the call has returned
 */
record ProbeProgram(ProgramType type, Instructions code, BiConsumer<BpfAttr, Arena> more) {
    /** Room for the log of a program of a few instructions. */
    private static final int LOG_SIZE = 16 << 10;

    private static final String LICENSE = "GPL";

    /** {@code r0 = 0; exit}: what every type of program may do. */
    static final Instructions RETURN_ZERO = Instructions.of(setRegister(0, 0), exit());

    static ProbeProgram of(ProgramType type, Instruction... code) {
        return new ProbeProgram(type, Instructions.of(code), (_, _) -> {});
    }

    static ProbeProgram returningZero(ProgramType type) {
        return new ProbeProgram(type, RETURN_ZERO, (_, _) -> {});
    }

    /** The same program, loaded with more settings. */
    ProbeProgram with(BiConsumer<BpfAttr, Arena> settings) {
        return new ProbeProgram(type, code, more.andThen(settings));
    }

    ProbeProgram with(AttachType attachType) {
        return with((attr, _) -> attr.set(ProgLoad.EXPECTED_ATTACH_TYPE, attachType.number()));
    }

    /** {@code BPF_MOV64_IMM}. */
    static Instruction setRegister(int register, int value) {
        return Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_K, register, 0, 0, value);
    }

    static Instruction call(int helper) {
        return Instruction.of(Opcode.CALL, 0, 0, 0, helper);
    }

    static Instruction exit() {
        return Instruction.of(Opcode.EXIT, 0, 0, 0, 0);
    }

    /** Loads it and lets go of it, without asking for a log. */
    Answer tryToLoad() {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = attr(arena)) {
            return closing(attr.call(BpfCommand.PROG_LOAD), "");
        }
    }

    /** Loads it and lets go of it; the answer has the verifier's log. */
    Answer tryToLoadWithLog() {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = attr(arena)) {
            MemorySegment log = arena.allocate(LOG_SIZE);
            attr.set(ProgLoad.LOG_LEVEL, 1).set(ProgLoad.LOG_SIZE, LOG_SIZE).set(ProgLoad.LOG_BUF, log);
            long result = attr.call(BpfCommand.PROG_LOAD);
            return closing(result, log.getString(0));
        }
    }

    /** Loads it and hands it over. @throws dev.skep.object.host.HostException if the kernel refuses */
    FileDescriptor load() {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = attr(arena)) {
            return attr.open(BpfCommand.PROG_LOAD, "load a program that probes for a feature");
        }
    }

    private BpfAttr attr(Arena arena) {
        MemorySegment instructions = arena.allocate(code.slotCount() * 8L, 8);
        MemorySegment.copy(code.encode(), 0, instructions, ValueLayout.JAVA_BYTE, 0, code.slotCount() * 8);
        BpfAttr attr = BpfAttr.take()
                .set(ProgLoad.PROG_TYPE, type.number())
                .set(ProgLoad.INSN_CNT, code.slotCount())
                .set(ProgLoad.INSNS, instructions)
                .set(ProgLoad.LICENSE, arena.allocateFrom(LICENSE));
        if (type == ProgramType.KPROBE) { // which kernels before 5.0 want to be told
            attr.set(ProgLoad.KERN_VERSION, KernelRelease.running().versionCode());
        }
        more.accept(attr, arena);
        KernelFeatures.token().ifPresent(token -> token.allowProgram(attr));
        return attr;
    }

    static Answer closing(long result, String log) {
        if (result < 0) {
            return new Answer(result, log);
        }
        FileDescriptor.owning(result).close();
        return new Answer(0, log);
    }
}
