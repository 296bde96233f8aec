package dev.skep.linux.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.kernel.ReturnRule;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The verifier's model and the running kernel agree on what a program may return. */
@NeedsBpf
class ReturnModelTest {
    private static final KernelModel MODEL =
            KernelModel.of(KernelRelease.running().version());

    @ParameterizedTest
    @MethodSource("programs")
    void onReturnValues(ProgramKind program) {
        ReturnRule rule = MODEL.returnRule(program, false);

        assertThat(IntStream.rangeClosed(-2, 6).filter(value -> kernelAccepts(program, value)))
                .containsExactlyElementsOf(IntStream.rangeClosed(-2, 6)
                        .filter(value -> allows(rule, value))
                        .boxed()
                        .toList());
    }

    private static boolean allows(ReturnRule rule, int value) {
        return switch (rule) {
            case ReturnRule.Between between -> value >= between.minimum() && value <= between.maximum();
            case ReturnRule.AnyNumber _, ReturnRule.Unchecked _, ReturnRule.ByMember _ -> true;
        };
    }

    private static boolean kernelAccepts(ProgramKind program, int value) {
        ProbeProgram returning = ProgramTypeProbes.requirementsOf(
                ProbeProgram.of(program.type(), ProbeProgram.setRegister(0, value), ProbeProgram.exit()));
        return program.attachType()
                .map(returning::with)
                .orElse(returning)
                .tryToLoad()
                .succeeded();
    }

    static Stream<ProgramKind> programs() {
        Stream<ProgramKind> types = Stream.of(ProgramType.values())
                .filter(type -> HelperProbes.canAsk(type)
                        && KernelFeatures.support(type).isAvailable())
                .filter(type -> type != ProgramType.CGROUP_SOCK_ADDR)
                .map(ProgramKind::of);
        Stream<ProgramKind> attached = Stream.of(
                ProgramKind.of(ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_EGRESS),
                ProgramKind.of(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET4_BIND),
                ProgramKind.of(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET6_CONNECT),
                ProgramKind.of(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP4_SENDMSG),
                ProgramKind.of(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP6_RECVMSG),
                ProgramKind.of(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UNIX_CONNECT),
                ProgramKind.of(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UNIX_GETSOCKNAME),
                ProgramKind.of(ProgramType.KPROBE, AttachType.TRACE_KPROBE_SESSION),
                ProgramKind.of(ProgramType.KPROBE, AttachType.TRACE_UPROBE_SESSION));
        return Stream.concat(
                types,
                attached.filter(
                        program -> KernelFeatures.support(program.type()).isAvailable()));
    }
}
