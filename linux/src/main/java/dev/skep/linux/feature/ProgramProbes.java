package dev.skep.linux.feature;

import static dev.skep.linux.feature.ProbeProgram.call;
import static dev.skep.linux.feature.ProbeProgram.exit;
import static dev.skep.linux.feature.ProbeProgram.setRegister;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.ProgLoad;
import dev.skep.linux.bpf.BpfAttrLayout.StreamRead;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.BtfType.Linkage;
import dev.skep.object.host.Errno;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** What the kernel takes with a program, and what programs may call. */
final class ProgramProbes {
    private static final int NO_DESCRIPTOR = -1;
    private static final int LOG_SIZE = 4096;

    private ProgramProbes() {}

    static Support name() {
        return ProbeProgram.returningZero(ProgramType.SOCKET_FILTER)
                .with((attr, _) -> attr.set(ProgLoad.PROG_NAME, "skep_probe"))
                .tryToLoad()
                .support();
    }

    static Support expectedAttachType() {
        return ProbeProgram.returningZero(ProgramType.CGROUP_SOCK)
                .with(AttachType.CGROUP_INET_SOCK_CREATE)
                .tryToLoad()
                .support();
    }

    static Support probeReadKernel() {
        return ProbeProgram.of(
                        ProgramType.TRACEPOINT,
                        Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_X, 1, 10, 0, 0),
                        Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_ADD | Opcode.BPF_K, 1, 0, 0, -8),
                        setRegister(2, 8),
                        setRegister(3, 0),
                        call(HelperId.PROBE_READ_KERNEL.number()),
                        exit())
                .tryToLoad()
                .support();
    }

    static Support cookie() {
        return ProbeProgram.of(ProgramType.TRACEPOINT, call(HelperId.GET_ATTACH_COOKIE.number()), exit())
                .tryToLoad()
                .support();
    }

    /** The accounting itself cannot be seen; this helper came with the same kernel. */
    static Support coarseClock() {
        return ProbeProgram.of(ProgramType.SOCKET_FILTER, call(HelperId.KTIME_GET_COARSE_NS.number()), exit())
                .tryToLoad()
                .support();
    }

    /** A kernel that knows the member writes how long the log would be, and leaves it alone otherwise. */
    static Support trueSizeOfLog() {
        try (Arena arena = Arena.ofConfined();
                BpfAttr attr = BpfAttr.take()) {
            MemorySegment code = arena.allocateFrom(ValueLayout.JAVA_BYTE, ProbeProgram.RETURN_ZERO.encode());
            attr.set(ProgLoad.PROG_TYPE, ProgramType.SOCKET_FILTER.number())
                    .set(ProgLoad.INSN_CNT, ProbeProgram.RETURN_ZERO.slotCount())
                    .set(ProgLoad.INSNS, code)
                    .set(ProgLoad.LICENSE, arena.allocateFrom("GPL"))
                    .set(ProgLoad.LOG_LEVEL, 1)
                    .set(ProgLoad.LOG_SIZE, LOG_SIZE)
                    .set(ProgLoad.LOG_BUF, arena.allocate(LOG_SIZE))
                    .expect(ProgLoad.LOG_TRUE_SIZE);
            KernelFeatures.token().ifPresent(token -> token.allowProgram(attr));
            Answer answer = ProbeProgram.closing(attr.call(BpfCommand.PROG_LOAD), "");
            boolean silent = answer.succeeded() && attr.get(ProgLoad.LOG_TRUE_SIZE) == 0;
            return silent ? new Support.Missing("the kernel does not fill in log_true_size") : answer.support();
        }
    }

    static Support descriptorList() {
        try (FileDescriptor array = ProbeMap.array().create()) {
            return ProbeProgram.returningZero(ProgramType.SOCKET_FILTER)
                    .with((attr, arena) -> attr.set(
                                    ProgLoad.FD_ARRAY, arena.allocateFrom(ValueLayout.JAVA_INT, array.number()))
                            .set(ProgLoad.FD_ARRAY_CNT, 1))
                    .tryToLoad()
                    .support();
        }
    }

    static Support streams() {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(StreamRead.STREAM_ID, 1).set(StreamRead.PROG_FD, NO_DESCRIPTOR);
            return new Answer(attr.call(BpfCommand.PROG_STREAM_READ_BY_FD)).supportIfSuccessOr(Errno.EBADF);
        }
    }

    /**
     * A global function whose argument, a plain pointer, is tagged as the context, and that reads from it: without the tag's
     * meaning the verifier sees a read from memory that may not be there.
     */
    static Support contextTag() {
        ProbeBtf types = ProbeBtf.of(
                ProbeBtf.INT,
                new BtfType.Pointer(0),
                new BtfType.FunctionPrototype(1, List.of(new BtfType.Parameter("context", 2)), false),
                new BtfType.Function("entry", Linkage.STATIC, 3),
                new BtfType.Function("inner", Linkage.GLOBAL, 3),
                new BtfType.DeclarationTag("arg:ctx", 5, 0, false));
        Instructions code = Instructions.of(
                Instruction.of(Opcode.CALL, 0, Opcode.BPF_PSEUDO_CALL, 0, 1),
                exit(),
                Instruction.of(Opcode.BPF_LDX | Opcode.BPF_MEM | Opcode.BPF_DW, 0, 1, 8, 0),
                exit());
        int[] functions = {0, 4, 2, 5}; // struct bpf_func_info: insn_off, type_id
        try (FileDescriptor btf = types.load()) {
            return new ProbeProgram(
                            ProgramType.KPROBE,
                            code,
                            (attr, arena) -> attr.set(ProgLoad.PROG_BTF_FD, btf.number())
                                    .set(ProgLoad.FUNC_INFO, arena.allocateFrom(ValueLayout.JAVA_INT, functions))
                                    .set(ProgLoad.FUNC_INFO_CNT, functions.length / 2)
                                    .set(ProgLoad.FUNC_INFO_REC_SIZE, 8))
                    .tryToLoad()
                    .support();
        }
    }
}
