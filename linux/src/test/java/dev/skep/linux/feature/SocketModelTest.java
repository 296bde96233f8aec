package dev.skep.linux.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import dev.skep.verifier.kernel.ContextAccess;
import dev.skep.verifier.kernel.ContextLayout;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.SocketKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The verifier's tables of socket structures and the running kernel agree on every load of every size at every offset. */
@NeedsBpf
class SocketModelTest {
    private static final int SOCKET_OF_PACKET = 168; // offsetof(struct __sk_buff, sk)

    private static final Map<Integer, Integer> SIZES =
            Map.of(1, Opcode.BPF_B, 2, Opcode.BPF_H, 4, Opcode.BPF_W, 8, Opcode.BPF_DW);

    @ParameterizedTest
    @EnumSource(
            value = SocketKind.class,
            names = {"SOCK_COMMON", "SOCKET", "TCP_SOCK"})
    void onSockets(SocketKind kind) {
        ContextLayout layout = KernelModel.of(KernelRelease.running().version()).socket(kind);

        List<String> differences = new ArrayList<>();
        for (int offset = -4; offset < layout.size() + 8; offset++) {
            for (int size : List.of(1, 2, 4, 8)) {
                ContextAccess access = layout.access(offset, size, false, AttachType.CGROUP_INET_INGRESS);
                if (access instanceof ContextAccess.Number != kernelAllows(kind, offset, size)) {
                    differences.add(size + " at " + offset + ": " + access);
                }
            }
        }

        assertThat(differences).isEmpty();
    }

    private static boolean kernelAllows(SocketKind kind, int offset, int size) {
        List<Instruction> code = new ArrayList<>();
        code.add(Instruction.of(Opcode.BPF_LDX | Opcode.BPF_MEM | Opcode.BPF_DW, 1, 1, SOCKET_OF_PACKET, 0));
        switch (kind) {
            case SOCKET -> castTo(HelperId.SK_FULLSOCK, code);
            case TCP_SOCK -> castTo(HelperId.TCP_SOCK, code);
            case SOCK_COMMON, XDP_SOCK -> leaveIfNull(1, code);
        }
        code.add(Instruction.of(Opcode.BPF_LDX | Opcode.BPF_MEM | SIZES.get(size), 0, 1, offset, 0));
        code.add(ProbeProgram.setRegister(0, 0));
        code.add(ProbeProgram.exit());
        return new ProbeProgram(ProgramType.SCHED_CLS, Instructions.of(code.toArray(Instruction[]::new)), (_, _) -> {})
                .tryToLoad()
                .succeeded();
    }

    /** {@code r1 = cast(r1)}, with both not null. */
    private static void castTo(HelperId helper, List<Instruction> code) {
        leaveIfNull(1, code);
        code.add(ProbeProgram.call(helper.number()));
        leaveIfNull(0, code);
        code.add(Instruction.of(Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_X, 1, 0, 0, 0));
    }

    private static void leaveIfNull(int register, List<Instruction> code) {
        code.add(Instruction.of(Opcode.BPF_JMP | Opcode.BPF_JNE | Opcode.BPF_K, register, 0, 2, 0));
        code.add(ProbeProgram.setRegister(0, 0));
        code.add(ProbeProgram.exit());
    }
}
