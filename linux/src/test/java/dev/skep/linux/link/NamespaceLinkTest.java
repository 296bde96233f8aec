package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.attach.Direction;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.NetworkPoint.NetworkNamespace;
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

/** Programs of a whole network namespace: socket lookup and flow dissection. */
@NeedsKernel(feature = KernelFeature.NETNS_LINK)
@Tag("vm")
class NamespaceLinkTest {
    private static final int SK_PASS = 1; // enum sk_action of linux/bpf.h
    private static final int SK_DROP = 0;
    private static final int BPF_OK = 0; // enum bpf_ret_code of linux/bpf.h

    /** Asks for a packet's hash, for which the kernel has to dissect it. */
    private static final String HASH = """
            r1 = r6
            call bpf_set_hash_invalid
            r1 = r6
            call bpf_get_hash_recalc
            r0 = -1""";

    private CableNetwork network;

    @BeforeEach
    void connect() {
        network = CableNetwork.ofVeth();
    }

    @AfterEach
    void disconnect() {
        network.close();
    }

    private static VerdictProgram lookup(int verdict) {
        return VerdictProgram.of(ProgramType.SK_LOOKUP, Optional.of(AttachType.SK_LOOKUP), verdict);
    }

    private static VerdictProgram dissector() {
        return VerdictProgram.of(ProgramType.FLOW_DISSECTOR, Optional.of(AttachType.FLOW_DISSECTOR), BPF_OK);
    }

    private NetworkNamespace far() {
        return new NetworkNamespace(Optional.of(network.far().file().toString()));
    }

    @Test
    void socketLookupKeepsTheContractInTheOwnNamespace() {
        new NetworkLinkContract(
                        () -> lookup(SK_PASS),
                        program -> network.far().call(() -> Attacher.attach(program, NetworkNamespace.OWN)),
                        network::echo)
                .holdsForLinks();
    }

    @Test
    void socketLookupKeepsTheContractInAnotherNamespace() {
        new NetworkLinkContract(() -> lookup(SK_PASS), program -> Attacher.attach(program, far()), network::echo)
                .holdsForLinks();
    }

    @Test
    void whatLookupDropsFindsNoSocket() {
        assertThat(network.connects()).isTrue();
        try (VerdictProgram program = lookup(SK_DROP);
                LinuxLink _ = Attacher.attach(program.program(), far())) {
            assertThat(network.echo()).isFalse();
        }
        assertThat(network.connects()).isTrue();
    }

    /** Traffic that is dissected: a filter asks for the hash of what comes in. */
    private void dissected(Runnable test) {
        NetworkPoint.Tc point = NetworkPoint.Tc.last(CableNetwork.FAR, Direction.INGRESS);
        try (VerdictProgram asks = VerdictProgram.of(ProgramType.SCHED_CLS, Optional.empty(), HASH);
                LinuxLink _ = network.far().call(() -> Attacher.attach(asks.program(), point))) {
            test.run();
        }
    }

    @Test
    void aFlowDissectorKeepsTheContract() {
        dissected(() -> new NetworkLinkContract(
                        NamespaceLinkTest::dissector, program -> Attacher.attach(program, far()), network::echo)
                .holdsForLinks());
    }

    @Test
    void theOlderWayKeepsTheContractFromAnyThread() {
        dissected(() -> new NetworkLinkContract(
                        NamespaceLinkTest::dissector,
                        program -> network.far()
                                .call(() -> NamespaceAttachment.attachFlowDissector(program, NetworkNamespace.OWN)),
                        network::echo)
                .holdsWithoutLinks());
    }

    @Test
    void thereIsOneFlowDissectorOnly() {
        try (VerdictProgram one = dissector();
                VerdictProgram two = dissector();
                LinuxLink _ = Attacher.attach(one.program(), far())) {
            assertThatThrownBy(() -> Attacher.attach(two.program(), far()))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isIn(Errno.EEXIST, Errno.E2BIG))
                    .hasMessageContaining("a flow dissector is attached");
            assertThatThrownBy(() -> network.far()
                            .call(() -> NamespaceAttachment.attachFlowDissector(two.program(), NetworkNamespace.OWN)))
                    .hasMessageContaining("program " + one.program().info().id() + " is its flow dissector");
        }
    }

    @Test
    void whatIsNoNamespaceIsRefused() {
        try (VerdictProgram program = lookup(SK_PASS)) {
            assertThatThrownBy(() ->
                            Attacher.attach(program.program(), new NetworkNamespace(Optional.of("/proc/self/ns/mnt"))))
                    .hasMessageContaining("may be no network namespace");
        }
    }
}
