package dev.skep.linux.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.machine.KernelRelease;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import dev.skep.verifier.kernel.HelperLookup;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.ProgramKind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The verifier's model of the kernel and the running kernel agree on who may call which helper. */
@NeedsBpf
class HelperModelTest {
    /** Asking for these makes the kernel complain in its log; the last depends on how the kernel is built. */
    private static final Set<HelperId> NOT_ASKED = EnumSet.of(
            HelperId.UNSPEC,
            HelperId.TRACE_PRINTK,
            HelperId.TRACE_VPRINTK,
            HelperId.PROBE_WRITE_USER,
            HelperId.OVERRIDE_RETURN);

    @ParameterizedTest
    @MethodSource("typesOfPrograms")
    void onHelpers(ProgramType type) {
        KernelModel model = KernelModel.of(KernelRelease.running().version());
        ProgramKind program = asProbed(type);

        Set<HelperId> onlyInTheModel = EnumSet.noneOf(HelperId.class);
        Set<HelperId> onlyInTheKernel = EnumSet.noneOf(HelperId.class);
        for (HelperId helper : EnumSet.complementOf(EnumSet.copyOf(NOT_ASKED))) {
            HelperLookup lookup = model.helper(helper.number(), program);
            boolean expected = lookup instanceof HelperLookup.Available || lookup instanceof HelperLookup.NotForTarget;
            boolean found = KernelFeatures.support(type, helper).isAvailable();
            if (expected && !found) {
                onlyInTheModel.add(helper);
            } else if (found && !expected) {
                onlyInTheKernel.add(helper);
            }
        }

        assertThat(onlyInTheModel).isEmpty();
        assertThat(onlyInTheKernel).isEmpty();
    }

    static Stream<ProgramType> typesOfPrograms() {
        return Stream.of(ProgramType.values())
                .filter(type -> HelperProbes.canAsk(type)
                        && KernelFeatures.support(type).isAvailable());
    }

    /** The program that {@link HelperProbes} asks with. */
    private static ProgramKind asProbed(ProgramType type) {
        Optional<AttachType> attachType = Optional.ofNullable(
                switch (type) {
                    case CGROUP_SOCK_ADDR -> AttachType.CGROUP_INET4_CONNECT;
                    case CGROUP_SOCKOPT -> AttachType.CGROUP_GETSOCKOPT;
                    case SK_LOOKUP -> AttachType.SK_LOOKUP;
                    case NETFILTER -> AttachType.NETFILTER;
                    default -> null;
                });
        return new ProgramKind(type, attachType, type == ProgramType.SYSCALL, Optional.empty());
    }
}
