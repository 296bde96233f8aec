package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.attach.NetworkPoint.Netfilter;
import dev.skep.object.attach.NetworkPoint.Netfilter.Family;
import dev.skep.object.attach.NetworkPoint.Netfilter.Hook;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Netfilter's hooks. */
@NeedsKernel(feature = KernelFeature.NETFILTER_LINK)
@Tag("vm")
class NetfilterLinkTest {
    private static final int NF_DROP = 0; // linux/netfilter.h
    private static final int NF_ACCEPT = 1;

    private CableNetwork network;

    @BeforeEach
    void connect() {
        network = CableNetwork.ofVeth();
    }

    @AfterEach
    void disconnect() {
        network.close();
    }

    private static VerdictProgram program(int verdict) {
        return VerdictProgram.of(ProgramType.NETFILTER, Optional.of(AttachType.NETFILTER), verdict);
    }

    private LinuxLink attach(VerdictProgram program, Netfilter point) {
        return network.near().call(() -> Attacher.attach(program.program(), point));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FORWARD")
    void aLinkKeepsTheContract(Hook hook) {
        Netfilter point = new Netfilter(Family.IPV4, hook, -128, false);
        new NetworkLinkContract(
                        () -> program(NF_ACCEPT),
                        program -> network.near().call(() -> Attacher.attach(program, point)),
                        network::echo)
                .holdsForLinksThatStay();
    }

    @Test
    void whatIsDroppedDoesNotArrive() {
        try (VerdictProgram program = program(NF_DROP);
                LinuxLink _ = attach(program, new Netfilter(Family.IPV4, Hook.LOCAL_IN, 0, true))) {
            assertThat(network.echo()).isFalse();
        }
        assertThat(network.connects()).isTrue();
    }

    @Test
    void twoProgramsDoNotShareAPriority() {
        Netfilter point = new Netfilter(Family.IPV6, Hook.LOCAL_OUT, 7, false);
        try (VerdictProgram one = program(NF_ACCEPT);
                VerdictProgram two = program(NF_ACCEPT);
                LinuxLink _ = attach(one, point)) {
            assertThatThrownBy(() -> attach(two, point))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
                    .hasMessageContaining("another program is attached at priority 7");
        }
    }

    @Test
    void theExtremePrioritiesAreRefused() {
        try (VerdictProgram program = program(NF_ACCEPT)) {
            assertThatThrownBy(
                            () -> attach(program, new Netfilter(Family.IPV4, Hook.LOCAL_IN, Integer.MIN_VALUE, false)))
                    .hasMessageContaining("the lowest and the highest int are no priorities");
        }
    }
}
