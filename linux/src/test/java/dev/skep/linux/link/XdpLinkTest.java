package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.netlink.NetlinkSocket;
import dev.skep.linux.netlink.NetworkInterface.XdpPlace;
import dev.skep.linux.netlink.XdpHook;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.NetworkPoint.Xdp.Mode;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** XDP on a veth pair, by link and by netlink. */
@NeedsKernel(feature = KernelFeature.XDP_LINK)
@Tag("vm")
class XdpLinkTest {
    private static final int XDP_DROP = 1; // enum xdp_action of linux/bpf.h
    private static final int XDP_PASS = 2;

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
        return VerdictProgram.of(ProgramType.XDP, Optional.of(AttachType.XDP), verdict);
    }

    private static NetworkPoint.Xdp near(Mode mode) {
        return new NetworkPoint.Xdp(CableNetwork.NEAR, mode);
    }

    private LinuxLink attach(VerdictProgram program, Mode mode) {
        return network.near().call(() -> Attacher.attach(program.program(), near(mode)));
    }

    private LinuxLink attachByNetlink(VerdictProgram program, Mode mode) {
        return network.near().call(() -> XdpNetlinkLink.attach(program.program(), near(mode)));
    }

    @ParameterizedTest
    @EnumSource(names = {"ANY", "GENERIC", "NATIVE"})
    void aLinkKeepsTheContract(Mode mode) {
        new NetworkLinkContract(
                        () -> program(XDP_PASS),
                        program -> network.near().call(() -> Attacher.attach(program, near(mode))),
                        network::echo)
                .holdsForLinks();
    }

    @ParameterizedTest
    @EnumSource(names = {"ANY", "GENERIC", "NATIVE"})
    void netlinkKeepsTheContract(Mode mode) {
        new NetworkLinkContract(
                        () -> program(XDP_PASS),
                        program -> network.near().call(() -> XdpNetlinkLink.attach(program, near(mode))),
                        network::echo)
                .holdsWithoutLinks();
    }

    @Test
    void whatIsDroppedDoesNotArrive() {
        assertThat(network.connects()).isTrue();
        try (VerdictProgram program = program(XDP_DROP);
                LinuxLink _ = attach(program, Mode.ANY)) {
            assertThat(network.echo()).isFalse();
        }
        assertThat(network.connects()).isTrue();
    }

    @Test
    void theInterfaceTellsWhereAProgramRuns() {
        try (VerdictProgram program = program(XDP_PASS)) {
            int id = program.program().info().id();
            try (LinuxLink _ = attach(program, Mode.GENERIC)) {
                assertThat(network.near()
                                .call(() -> Interfaces.named(CableNetwork.NEAR))
                                .xdp())
                        .containsOnlyKeys(XdpPlace.GENERIC)
                        .containsValue(id);
            }
            try (LinuxLink _ = attach(program, Mode.NATIVE)) {
                assertThat(network.near()
                                .call(() -> Interfaces.named(CableNetwork.NEAR))
                                .xdp())
                        .containsOnlyKeys(XdpPlace.NATIVE);
            }
        }
    }

    @Test
    void aSecondProgramIsRefusedAndTheFirstNamed() {
        try (VerdictProgram first = program(XDP_PASS);
                VerdictProgram second = program(XDP_PASS);
                LinuxLink _ = attach(first, Mode.GENERIC)) {
            int id = first.program().info().id();
            assertThatThrownBy(() -> attach(second, Mode.GENERIC))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
                    .hasMessageContaining("GENERIC=" + id);
            assertThatThrownBy(() -> attachByNetlink(second, Mode.GENERIC))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
                    .hasMessageContaining("the kernel says: ");
            assertThatThrownBy(() -> attach(second, Mode.NATIVE))
                    .hasMessageContaining("native and generic exclude each other");
        }
    }

    @Test
    void netlinkLeavesAloneWhatHasComeInItsPlace() {
        try (VerdictProgram first = program(XDP_PASS);
                VerdictProgram other = program(XDP_PASS)) {
            LinuxLink link = attachByNetlink(first, Mode.GENERIC);
            network.near()
                    .run(
                            () -> { // as another process would
                                try (NetlinkSocket socket = NetlinkSocket.open()) {
                                    new XdpHook(
                                                    socket,
                                                    new Interfaces(socket).byName(CableNetwork.NEAR),
                                                    XdpHook.SKB_MODE)
                                            .replace(
                                                    first.program().descriptor(),
                                                    other.program().descriptor());
                                }
                            });
            assertThatThrownBy(() -> link.update(first.program())).hasMessageContaining("EEXIST");
            link.close();
            long before = other.runs();
            network.connects();
            assertThat(other.runs()).isGreaterThan(before);
        }
    }

    @Test
    void whoNamesNoModeReplacesAndDetachesWhatIsThereInAny() {
        try (VerdictProgram first = program(XDP_PASS);
                VerdictProgram other = program(XDP_PASS)) {
            network.near().run(() -> {
                LastingAttachment.attach(first.program(), near(Mode.GENERIC));
                LastingAttachment.replace(other.program(), near(Mode.ANY));
                assertThat(Interfaces.named(CableNetwork.NEAR).xdp())
                        .containsExactly(Map.entry(
                                XdpPlace.GENERIC, other.program().info().id()));
                LastingAttachment.detach(near(Mode.ANY));
                assertThat(Interfaces.named(CableNetwork.NEAR).xdp()).isEmpty();
            });
        }
    }

    @Test
    void aProgramOfAnotherTypeReplacesNone() {
        try (VerdictProgram xdp = program(XDP_PASS);
                VerdictProgram filter = VerdictProgram.of(ProgramType.SOCKET_FILTER, Optional.empty(), 0);
                LinuxLink _ = attach(xdp, Mode.GENERIC)) {
            assertThatThrownBy(() ->
                            network.near().run(() -> LastingAttachment.replace(filter.program(), near(Mode.GENERIC))))
                    .hasMessageContaining("it is of type SOCKET_FILTER, there goes XDP");
        }
    }

    @Test
    void aReleasedNetlinkAttachmentStays() {
        try (VerdictProgram program = program(XDP_PASS)) {
            LinuxLink link = attachByNetlink(program, Mode.GENERIC);
            link.release();
            link.close();
            long before = program.runs();
            network.connects();
            assertThat(program.runs()).isGreaterThan(before);
        }
    }

    @Test
    void closingIsNoErrorWhenTheInterfaceIsGone() {
        long descriptors = OpenDescriptors.count();
        try (VerdictProgram first = program(XDP_PASS)) {
            LinuxLink link = attach(first, Mode.ANY);
            network.unplug();
            try (VerdictProgram second = program(XDP_PASS)) {
                assertThatThrownBy(() -> link.update(second.program()))
                        .isInstanceOfSatisfying(
                                HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOLINK))
                        .hasMessageContaining("gone");
            }
            link.close();
        }
        assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
    }

    @Test
    void closingIsNoErrorForNetlinkEither() {
        long descriptors = OpenDescriptors.count();
        try (VerdictProgram program = program(XDP_PASS)) {
            LinuxLink link = attachByNetlink(program, Mode.ANY);
            network.unplug();
            link.close();
        }
        assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
    }

    @Test
    void anUnknownInterfaceIsAnsweredWithThoseThereAre() {
        try (VerdictProgram program = program(XDP_PASS)) {
            assertThatThrownBy(() -> network.near()
                            .call(() -> Attacher.attach(program.program(), new NetworkPoint.Xdp("eth7", Mode.ANY))))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENODEV))
                    .hasMessageContaining("there is no network interface eth7")
                    .hasMessageContaining(CableNetwork.NEAR);
        }
    }

    @Test
    void aProgramOfAnotherTypeIsRefusedByName() {
        try (VerdictProgram program = VerdictProgram.of(ProgramType.SOCKET_FILTER, Optional.empty(), 0)) {
            assertThatThrownBy(() -> attach(program, Mode.ANY))
                    .hasMessageContaining("it is of type SOCKET_FILTER, there goes XDP");
        }
    }
}
