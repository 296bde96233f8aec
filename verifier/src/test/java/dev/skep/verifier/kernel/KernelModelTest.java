package dev.skep.verifier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.KernelVersion;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelModelTest {
    private static final KernelModel OLD = KernelModel.of(KernelVersion.of("5.4"));
    private static final KernelModel NEW = KernelModel.newest();

    @ParameterizedTest
    @EnumSource(value = ProgramType.class, mode = EnumSource.Mode.EXCLUDE, names = "UNSPEC")
    void everyTypeOfProgramHasRulesAndAnAge(ProgramType type) {
        assertThat(NEW.rules(type)).isPresent();
        assertThat(NEW.has(type)).isTrue();
        assertThat(OLD.has(type)).isEqualTo(KernelModel.since(type).compareTo(KernelVersion.of("5.4")) <= 0);
    }

    @ParameterizedTest
    @EnumSource(value = MapType.class, mode = EnumSource.Mode.EXCLUDE, names = "UNSPEC")
    void everyTypeOfMapHasAnAgeNotOlderThanTheOneBeforeIt(MapType type) {
        assertThat(NEW.has(type)).isTrue();
        if (type.number() > 1) {
            MapType before = MapType.of(type.number() - 1).orElseThrow();
            assertThat(KernelModel.since(type)).isGreaterThanOrEqualTo(KernelModel.since(before));
        }
    }

    @ParameterizedTest
    @EnumSource(AttachType.class)
    void everyAttachTypeIsInTheNewestKernel(AttachType type) {
        assertThat(NEW.has(type)).isTrue();
        assertThat(KernelModel.since(type)).isGreaterThanOrEqualTo(KernelVersion.of("4.10"));
    }

    @Test
    void noTypeIsNoType() {
        assertThat(NEW.has(ProgramType.UNSPEC)).isFalse();
        assertThat(NEW.has(MapType.UNSPEC)).isFalse();
        assertThat(NEW.rules(ProgramType.UNSPEC)).isEmpty();
        assertThatThrownBy(() -> KernelModel.since(ProgramType.UNSPEC)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void featuresAreListedFromOldToNew() {
        List<KernelVersion> versions =
                Stream.of(KernelFeature.values()).map(KernelFeature::since).toList();

        assertThat(versions).isSorted();
        assertThat(OLD.has(KernelFeature.BOUNDED_LOOPS)).isTrue();
        assertThat(OLD.has(KernelFeature.MAY_GOTO)).isFalse();
        assertThat(NEW.has(KernelFeature.INDIRECT_JUMPS)).isTrue();
    }

    @Test
    void anInstructionTellsWhatItNeeds() {
        assertThat(needs(Opcode.MAY_GOTO, 0, 0, 0)).contains(KernelFeature.MAY_GOTO);
        assertThat(needs(Opcode.GOTOL, 0, 0, 3)).contains(KernelFeature.CPU_V4);
        assertThat(needs(Opcode.BPF_JMP32 | Opcode.BPF_JEQ, 0, 1, 0)).contains(KernelFeature.JUMP32);
        assertThat(needs(Opcode.BPF_ALU64 | Opcode.BPF_DIV, 0, 1, 1)).contains(KernelFeature.CPU_V4);
        assertThat(needs(Opcode.BPF_ALU64 | Opcode.BPF_DIV, 0, 0, 1)).isEmpty();
        assertThat(needs(Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_X, 0, 1, 0))
                .contains(KernelFeature.ARENAS);
        assertThat(needs(Opcode.BPF_ALU64 | Opcode.BPF_MOV | Opcode.BPF_X, 0, 8, 0))
                .contains(KernelFeature.CPU_V4);
        assertThat(needs(atomic(), 0, 0, Opcode.BPF_ADD)).isEmpty();
        assertThat(needs(atomic(), 0, 0, Opcode.BPF_ADD | Opcode.BPF_FETCH)).contains(KernelFeature.ATOMICS);
        assertThat(needs(atomic(), 0, 0, Opcode.BPF_LOAD_ACQ)).contains(KernelFeature.LOAD_ACQUIRE);
        assertThat(needs(Opcode.CALL, Opcode.BPF_PSEUDO_KFUNC_CALL, 0, 1)).contains(KernelFeature.KERNEL_FUNCTIONS);
        assertThat(needs(Opcode.CALL, 0, 0, 1)).isEmpty();
        assertThat(NEW.needs(Instruction.lddw(1, Opcode.BPF_PSEUDO_FUNC, 3))).contains(KernelFeature.CALLBACKS);
        assertThat(NEW.needs(Instruction.lddw(1, Opcode.BPF_PSEUDO_MAP_FD, 3))).isEmpty();
    }

    private static int atomic() {
        return Opcode.BPF_STX | Opcode.BPF_ATOMIC | Opcode.BPF_DW;
    }

    private static Optional<KernelFeature> needs(int opcode, int source, int offset, int imm) {
        return NEW.needs(Instruction.of(opcode, 0, source, offset, imm));
    }

    @Test
    void aFieldOfTheContextMayBeTooNew() {
        ContextLayout old = OLD.context(ProgramType.SCHED_CLS).orElseThrow();
        ContextLayout recent = NEW.context(ProgramType.SCHED_CLS).orElseThrow();

        assertThat(old.access(184, 8, false, AttachType.CGROUP_INET_INGRESS))
                .isEqualTo(new ContextAccess.TooNew("hwtstamp", KernelVersion.of("5.16")));
        assertThat(recent.access(184, 8, false, AttachType.CGROUP_INET_INGRESS)).isEqualTo(new ContextAccess.Number());
    }

    @Test
    void aLoadFromTheContextGivesAPointerWhereTheFieldIsOne() {
        ContextLayout packet = NEW.context(ProgramType.XDP).orElseThrow();
        ContextLayout buffer = NEW.context(ProgramType.SCHED_CLS).orElseThrow();

        assertThat(packet.access(0, 4, false, AttachType.XDP)).isEqualTo(new ContextAccess.PacketData());
        assertThat(packet.access(4, 4, false, AttachType.XDP)).isEqualTo(new ContextAccess.PacketEnd());
        assertThat(packet.access(8, 4, false, AttachType.XDP)).isEqualTo(new ContextAccess.PacketMeta());
        assertThat(buffer.access(168, 8, false, AttachType.XDP))
                .isEqualTo(new ContextAccess.Socket(SocketKind.SOCK_COMMON, true));
    }

    @Test
    void aRefusedAccessSaysWhy() {
        ContextLayout packet = NEW.context(ProgramType.XDP).orElseThrow();

        assertThat(packet.access(2, 2, false, AttachType.XDP))
                .isEqualTo(new ContextAccess.Denied("the field data is not accessed by 2 bytes at offset 2"));
        assertThat(packet.access(0, 4, true, AttachType.XDP))
                .isEqualTo(new ContextAccess.Denied("the field data is not written by this type of program"));
        assertThat(packet.access(20, 4, false, AttachType.XDP))
                .isEqualTo(
                        new ContextAccess.Denied("the field egress_ifindex is not read by programs attached as XDP"));
    }

    @Test
    void someMapsAreOnlyForSomeHelpers() {
        ProgramKind xdp = ProgramKind.of(ProgramType.XDP);
        ProgramKind events = ProgramKind.of(ProgramType.SOCK_OPS);

        assertThat(NEW.takesMap(HelperId.MAP_LOOKUP_ELEM, MapType.HASH, xdp)).isTrue();
        assertThat(NEW.takesMap(HelperId.MAP_LOOKUP_ELEM, MapType.PROG_ARRAY, xdp))
                .isFalse();
        assertThat(NEW.takesMap(HelperId.TAIL_CALL, MapType.PROG_ARRAY, xdp)).isTrue();
        assertThat(NEW.takesMap(HelperId.TAIL_CALL, MapType.HASH, xdp)).isFalse();
        assertThat(NEW.takesMap(HelperId.MAP_UPDATE_ELEM, MapType.SOCKMAP, xdp)).isTrue();
        assertThat(NEW.takesMap(HelperId.MAP_UPDATE_ELEM, MapType.SOCKMAP, events))
                .isFalse();
        assertThat(NEW.takesMap(HelperId.MAP_DELETE_ELEM, MapType.SOCKMAP, events))
                .isTrue();
    }

    @Test
    void aHookOfTheSecurityModulesDecidesWhatIsReturned() {
        ProgramKind open =
                new ProgramKind(ProgramType.LSM, Optional.of(AttachType.LSM_MAC), false, Optional.of("file_open"));
        ProgramKind known = new ProgramKind(
                ProgramType.LSM, Optional.of(AttachType.LSM_MAC), false, Optional.of("audit_rule_known"));

        assertThat(NEW.returnRule(open, false)).isEqualTo(new ReturnRule.Between(-4095, 0, true));
        assertThat(NEW.returnRule(known, false)).isEqualTo(new ReturnRule.Between(0, 1, true));
        assertThat(NEW.returnRule(open, true)).isEqualTo(new ReturnRule.Unchecked());
        assertThat(OLD.returnRule(open, false)).isEqualTo(new ReturnRule.AnyNumber());
    }

    @Test
    void whatMaySleepDependsOnWhereItAttaches() {
        assertThat(NEW.maySleep(ProgramKind.of(ProgramType.TRACING, AttachType.TRACE_FENTRY)))
                .isTrue();
        assertThat(NEW.maySleep(ProgramKind.of(ProgramType.TRACING, AttachType.TRACE_RAW_TP)))
                .isFalse();
        assertThat(NEW.maySleep(hook("file_open"))).isTrue();
        assertThat(NEW.maySleep(hook("task_free"))).isFalse();
        assertThat(KernelModel.of(KernelVersion.of("5.15")).maySleep(ProgramKind.of(ProgramType.KPROBE)))
                .isFalse();
        assertThat(NEW.maySleep(ProgramKind.of(ProgramType.KPROBE))).isTrue();
    }

    private static ProgramKind hook(String name) {
        return new ProgramKind(ProgramType.LSM, Optional.of(AttachType.LSM_MAC), true, Optional.of(name));
    }

    @Test
    void aKernelFunctionIsKnownByName() {
        KernelFunction acquire = NEW.kernelFunction("bpf_task_acquire").orElseThrow();

        assertThat(acquire.flags())
                .containsExactlyInAnyOrder(
                        KernelFunctionFlag.ACQUIRE, KernelFunctionFlag.RCU, KernelFunctionFlag.RET_NULL);
        assertThat(acquire.isFor(ProgramKind.of(ProgramType.XDP))).isTrue();
        assertThat(acquire.isFor(ProgramKind.of(ProgramType.SOCKET_FILTER))).isFalse();
        assertThat(acquire.since()).isEqualTo(KernelVersion.of("6.2"));
        assertThat(NEW.kernelFunction("kfree")).isEmpty();
    }

    @Test
    void everyIteratorHasThreeFunctions() {
        KernelFunctionTable.all()
                .filter(one -> one.is(KernelFunctionFlag.ITER_NEW))
                .forEach(one -> {
                    String stem = one.name().replaceFirst("_new$", "");
                    assertThat(NEW.kernelFunction(stem + "_next").orElseThrow().flags())
                            .contains(KernelFunctionFlag.ITER_NEXT, KernelFunctionFlag.RET_NULL);
                    assertThat(NEW.kernelFunction(stem + "_destroy")
                                    .orElseThrow()
                                    .flags())
                            .contains(KernelFunctionFlag.ITER_DESTROY);
                });
    }
}
