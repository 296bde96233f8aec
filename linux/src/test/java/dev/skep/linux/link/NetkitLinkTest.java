package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.attach.Neighbour;
import dev.skep.object.attach.NetworkPoint.Netkit;
import dev.skep.object.attach.NetworkPoint.Netkit.End;
import dev.skep.object.attach.Ordering;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Netkit pairs, whose programs decide what leaves either end. */
@NeedsKernel(feature = KernelFeature.NETKIT)
@Tag("vm")
class NetkitLinkTest {
    private static final int NETKIT_NEXT = -1; // enum netkit_action of linux/if_link.h
    private static final int NETKIT_DROP = 2;

    private CableNetwork network;

    @BeforeEach
    void connect() {
        network = CableNetwork.ofNetkit();
    }

    @AfterEach
    void disconnect() {
        network.close();
    }

    private static VerdictProgram program(int verdict) {
        return VerdictProgram.of(ProgramType.SCHED_CLS, Optional.of(AttachType.NETKIT_PRIMARY), verdict);
    }

    private LinuxLink attach(VerdictProgram program, Ordering ordering) {
        Netkit point = new Netkit(CableNetwork.NEAR, End.PRIMARY, ordering);
        return network.near().call(() -> Attacher.attach(program.program(), point));
    }

    @ParameterizedTest
    @EnumSource
    void aLinkKeepsTheContractAtBothEnds(End end) {
        Netkit point = new Netkit(CableNetwork.NEAR, end, Ordering.LAST);
        AttachType type = end == End.PRIMARY ? AttachType.NETKIT_PRIMARY : AttachType.NETKIT_PEER;
        new NetworkLinkContract(
                        () -> VerdictProgram.of(ProgramType.SCHED_CLS, Optional.of(type), NETKIT_NEXT),
                        program -> network.near().call(() -> Attacher.attach(program, point)),
                        network::echo)
                .holdsForLinks();
    }

    @Test
    void programsRunInTheOrderAskedForUntilOneDecides() {
        assertThat(network.connects()).isTrue();
        try (VerdictProgram one = program(NETKIT_NEXT);
                VerdictProgram two = program(NETKIT_DROP);
                VerdictProgram three = program(NETKIT_NEXT);
                LinuxLink _ = attach(two, Ordering.LAST);
                LinuxLink _ = attach(three, Ordering.LAST);
                LinuxLink _ = attach(
                        one,
                        Ordering.before(
                                new Neighbour.Program(two.program().info().id())))) {
            assertThat(network.echo()).isFalse();
            assertThat(List.of(one.runs() > 0, two.runs() > 0, three.runs() > 0))
                    .containsExactly(true, true, false);
        }
    }

    @Test
    void anInterfaceOfAnotherKindIsRefusedByItsKind() {
        try (CableNetwork veth = CableNetwork.ofVeth();
                VerdictProgram program = program(NETKIT_NEXT)) {
            Netkit point = new Netkit(CableNetwork.NEAR, End.PRIMARY, Ordering.LAST);
            assertThatThrownBy(() -> veth.near().call(() -> Attacher.attach(program.program(), point)))
                    .hasMessageContaining("near0 is of kind veth, not netkit");
        }
    }
}
