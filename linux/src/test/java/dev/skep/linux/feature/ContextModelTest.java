package dev.skep.linux.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import dev.skep.verifier.kernel.ContextAccess;
import dev.skep.verifier.kernel.ContextLayout;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The verifier's tables of context fields and the running kernel agree on every access of every size at every offset. */
@NeedsBpf
class ContextModelTest {
    private static final KernelModel MODEL =
            KernelModel.of(KernelRelease.running().version());

    /** Bytes looked at of layouts without fields, at both ends. */
    private static final int EDGE = 32;

    private static final Map<Integer, Integer> SIZES =
            Map.of(1, Opcode.BPF_B, 2, Opcode.BPF_H, 4, Opcode.BPF_W, 8, Opcode.BPF_DW);

    @ParameterizedTest
    @MethodSource("programs")
    void onContexts(ProgramKind program) {
        ContextLayout layout = MODEL.context(program.type()).orElseThrow();

        List<String> differences = new ArrayList<>();
        for (int offset : offsets(layout, program)) {
            for (int size : List.of(1, 2, 4, 8)) {
                for (boolean write : List.of(false, true)) {
                    ContextAccess access = layout.access(offset, size, write, program.attachTypeOrDefault());
                    boolean expected =
                            !(access instanceof ContextAccess.Denied || access instanceof ContextAccess.TooNew);
                    if (expected != kernelAllows(program, offset, size, write)) {
                        differences.add((write ? "write " : "read ") + size + " at " + offset + ": " + access);
                    }
                }
            }
        }

        assertThat(differences).isEmpty();
    }

    /**
     * Not those before a tracepoint's record: the kernel compares them as unsigned with the record's start and as signed with its
     * end, and so lets programs read them, which we do not.
     */
    private static List<Integer> offsets(ContextLayout layout, ProgramKind program) {
        List<Integer> offsets = new ArrayList<>();
        for (int offset = program.type() == ProgramType.TRACEPOINT ? 0 : -4; offset < layout.size() + 8; offset++) {
            boolean encodable = offset <= Short.MAX_VALUE;
            if (encodable && (!layout.fields().isEmpty() || offset < EDGE || offset > layout.size() - EDGE)) {
                offsets.add(offset);
            }
        }
        return offsets;
    }

    private static boolean kernelAllows(ProgramKind program, int offset, int size, boolean write) {
        Instruction zero = ProbeProgram.setRegister(0, 0);
        Instruction access = write
                ? Instruction.of(Opcode.BPF_STX | Opcode.BPF_MEM | SIZES.get(size), 1, 0, offset, 0)
                : Instruction.of(Opcode.BPF_LDX | Opcode.BPF_MEM | SIZES.get(size), 0, 1, offset, 0);
        ProbeProgram told = ProgramTypeProbes.requirementsOf(
                ProbeProgram.of(program.type(), zero, access, ProbeProgram.setRegister(0, 0), ProbeProgram.exit()));
        ProbeProgram probe = program.attachType().map(told::with).orElse(told);
        String log = probe.tryToLoadWithLog().log();
        return !log.contains("invalid bpf_context access") && !log.contains("dereference of modified ctx ptr");
    }

    static Stream<ProgramKind> programs() {
        return Stream.of(ProgramType.values())
                .filter(type -> MODEL.context(type).isPresent())
                .filter(type -> KernelFeatures.support(type).isAvailable())
                .flatMap(ContextModelTest::ofType);
    }

    private static Stream<ProgramKind> ofType(ProgramType type) {
        return switch (type) {
            case XDP -> with(type, AttachType.XDP, AttachType.XDP_DEVMAP, AttachType.XDP_CPUMAP);
            case CGROUP_SOCK ->
                with(
                        type,
                        AttachType.CGROUP_INET_SOCK_CREATE,
                        AttachType.CGROUP_INET_SOCK_RELEASE,
                        AttachType.CGROUP_INET4_POST_BIND,
                        AttachType.CGROUP_INET6_POST_BIND);
            case CGROUP_SOCK_ADDR ->
                with(
                        type,
                        AttachType.CGROUP_INET4_BIND,
                        AttachType.CGROUP_INET6_BIND,
                        AttachType.CGROUP_INET4_CONNECT,
                        AttachType.CGROUP_INET6_CONNECT,
                        AttachType.CGROUP_UDP4_SENDMSG,
                        AttachType.CGROUP_UDP6_SENDMSG,
                        AttachType.CGROUP_UDP4_RECVMSG,
                        AttachType.CGROUP_INET6_GETPEERNAME,
                        AttachType.CGROUP_UNIX_CONNECT);
            case CGROUP_SOCKOPT -> with(type, AttachType.CGROUP_GETSOCKOPT, AttachType.CGROUP_SETSOCKOPT);
            case SK_LOOKUP -> with(type, AttachType.SK_LOOKUP);
            case NETFILTER -> with(type, AttachType.NETFILTER);
            default -> Stream.of(ProgramKind.of(type));
        };
    }

    private static Stream<ProgramKind> with(ProgramType type, AttachType... attachTypes) {
        return Stream.of(attachTypes).map(attachType -> ProgramKind.of(type, attachType));
    }
}
