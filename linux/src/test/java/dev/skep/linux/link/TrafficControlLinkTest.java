package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.netlink.ClsactQdisc;
import dev.skep.linux.netlink.Filter;
import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.netlink.NetlinkSocket;
import dev.skep.linux.netlink.NetworkInterface;
import dev.skep.linux.netlink.TrafficControl;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.object.attach.Direction;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.Ordering;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Filters of a clsact qdisc: the older way, beside what others have put there. */
@NeedsBpf
@Tag("vm")
class TrafficControlLinkTest {
    private static final int TC_ACT_UNSPEC = -1; // linux/pkt_cls.h: the next filter shall decide
    private static final int TC_ACT_SHOT = 2;

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
        return VerdictProgram.of(ProgramType.SCHED_CLS, Optional.empty(), verdict);
    }

    private static VerdictProgram program() {
        return program(TC_ACT_UNSPEC);
    }

    private LinuxLink attach(LinuxProgram program, NetworkPoint point) {
        return network.near().call(() -> Attacher.attach(program, point));
    }

    private LinuxLink attach(VerdictProgram program, int priority) {
        return attach(program.program(), new NetworkPoint.Tc(CableNetwork.NEAR, Direction.INGRESS, priority, 0, true));
    }

    private List<Filter> filters(Direction direction) {
        return network.near().call(() -> {
            try (NetlinkSocket socket = NetlinkSocket.open()) {
                NetworkInterface near = new Interfaces(socket).byName(CableNetwork.NEAR);
                return new TrafficControl(socket, near, direction).list();
            }
        });
    }

    private Optional<String> qdisc() {
        return network.near().call(() -> {
            try (NetlinkSocket socket = NetlinkSocket.open()) {
                return new ClsactQdisc(socket, new Interfaces(socket).byName(CableNetwork.NEAR)).kind();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFilterKeepsTheContract(Direction direction) {
        new NetworkLinkContract(
                        TrafficControlLinkTest::program,
                        program -> attach(program, NetworkPoint.Tc.last(CableNetwork.NEAR, direction)),
                        network::echo)
                .holdsWithoutLinks();
        assertThat(qdisc()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatStandsInForTcxKeepsTheContract(Direction direction) {
        NetworkPoint.Tcx point = new NetworkPoint.Tcx(CableNetwork.NEAR, direction, Ordering.LAST);
        new NetworkLinkContract(
                        TrafficControlLinkTest::program,
                        program -> network.near().call(() -> TcxAttachment.asFilter(program, point)),
                        network::echo)
                .holdsWithoutLinks();
    }

    @Test
    void whatIsShotDoesNotArrive() {
        assertThat(network.connects()).isTrue(); // which makes the neighbours known
        try (VerdictProgram program = program(TC_ACT_SHOT);
                LinuxLink _ = attach(program, 1)) {
            assertThat(network.echo()).isFalse();
        }
        assertThat(network.connects()).isTrue();
    }

    @Test
    void theQdiscStaysAsLongAsAFilterOfOursIsInIt() {
        try (VerdictProgram program = program()) {
            LinuxLink first = attach(program, 1);
            LinuxLink second = attach(program, 2);
            assertThat(qdisc()).contains("clsact");
            first.close();
            assertThat(qdisc()).contains("clsact");
            second.close();
            assertThat(qdisc()).isEmpty();
        }
    }

    @Test
    void lastComesAfterAllAndFirstBeforeAll() {
        NetworkPoint.Tcx first = new NetworkPoint.Tcx(CableNetwork.NEAR, Direction.INGRESS, Ordering.FIRST);
        try (VerdictProgram one = program();
                VerdictProgram two = program();
                VerdictProgram three = program();
                LinuxLink _ = attach(one, 0);
                LinuxLink _ = attach(two, 0);
                LinuxLink _ = network.near().call(() -> TcxAttachment.asFilter(three.program(), first))) {
            assertThat(filters(Direction.INGRESS))
                    .extracting(filter -> filter.program().orElseThrow())
                    .containsExactlyElementsOf(Stream.of(three, one, two)
                            .map(program -> program.program().info().id())
                            .toList());
        }
    }

    @Test
    void anOrderingThatFiltersDoNotHaveIsRefused() {
        NetworkPoint.Tcx point =
                new NetworkPoint.Tcx(CableNetwork.NEAR, Direction.INGRESS, Ordering.LAST.atRevision(1));
        try (VerdictProgram program = program()) {
            assertThatThrownBy(() -> TcxAttachment.asFilter(program.program(), point))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EOPNOTSUPP))
                    .hasMessageContaining("needs Linux 6.6");
        }
    }

    @Test
    void aHandleIsTakenOnlyOnce() {
        NetworkPoint.Tc point = new NetworkPoint.Tc(CableNetwork.NEAR, Direction.EGRESS, 7, 3, true);
        try (VerdictProgram program = program();
                LinuxLink _ = attach(program.program(), point)) {
            assertThat(filters(Direction.EGRESS)).singleElement().satisfies(filter -> {
                assertThat(filter.priority()).isEqualTo(7);
                assertThat(filter.handle()).isEqualTo(3);
                assertThat(filter.kind()).isEqualTo("bpf");
            });
            assertThatThrownBy(() -> attach(program.program(), point))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST))
                    .hasMessageContaining("the kernel says: Filter already exists");
        }
        assertThat(qdisc()).isEmpty();
    }

    @Test
    void aRefusedFilterLeavesNoQdisc() {
        try (VerdictProgram program = VerdictProgram.of(ProgramType.XDP, Optional.empty(), 2);
                FileDescriptor _ = program.program().descriptor().duplicate()) {
            network.near().run(() -> {
                try (NetlinkSocket socket = NetlinkSocket.open()) {
                    NetworkInterface near = new Interfaces(socket).byName(CableNetwork.NEAR);
                    TrafficControl ingress = new TrafficControl(socket, near, Direction.INGRESS);
                    assertThatThrownBy(() -> new ClsactQdisc(socket, near)
                                    .whileAdding(() ->
                                            ingress.add(1, 0, program.program().descriptor(), "x", true)))
                            .hasMessageContaining("EINVAL");
                }
            });
            assertThat(qdisc()).isEmpty();
        }
    }

    @Test
    void closingLeavesAloneAFilterThatAnotherHasPutInItsPlace() {
        try (VerdictProgram ours = program();
                VerdictProgram theirs = program()) {
            LinuxLink link = attach(ours, 5);
            Filter filter = filters(Direction.INGRESS).getFirst();
            network.near().run(() -> {
                try (NetlinkSocket socket = NetlinkSocket.open()) {
                    NetworkInterface near = new Interfaces(socket).byName(CableNetwork.NEAR);
                    new TrafficControl(socket, near, Direction.INGRESS)
                            .replace(filter, theirs.program().descriptor(), "theirs", true);
                }
            });
            assertThatThrownBy(() -> link.update(ours.program())).hasMessageContaining("another program's");
            link.close();
            assertThat(filters(Direction.INGRESS))
                    .singleElement()
                    .satisfies(there -> assertThat(there.program())
                            .hasValue(theirs.program().info().id()));
        }
    }

    @Test
    void closingIsNoErrorWhenTheInterfaceIsGone() {
        long descriptors = OpenDescriptors.count();
        try (VerdictProgram program = program()) {
            LinuxLink link = attach(program, 1);
            network.unplug();
            link.close();
        }
        assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
    }

    @Test
    @NeedsTool({"tc", "nsenter"})
    void whatTcHasPutThereStaysAsItWas() {
        tc("qdisc", "add", "dev", CableNetwork.NEAR, "clsact");
        tc(
                "filter",
                "add",
                "dev",
                CableNetwork.NEAR,
                "ingress",
                "prio",
                "10",
                "protocol",
                "ip",
                "u32",
                "match",
                "u32",
                "0",
                "0",
                "flowid",
                "1:1");
        String before = tc("filter", "show", "dev", CableNetwork.NEAR, "ingress");
        try (VerdictProgram program = program()) {
            try (LinuxLink _ = attach(program, 1);
                    LinuxLink _ = attach(program, 0)) {
                assertThat(filters(Direction.INGRESS))
                        .extracting(Filter::kind)
                        .containsExactly("bpf", "u32", "u32", "bpf");
                assertThatThrownBy(() -> attach(program, 10)).hasMessageContaining("another kind");
                network.connects();
                assertThat(program.runs()).isPositive();
            }
        }
        assertThat(tc("filter", "show", "dev", CableNetwork.NEAR, "ingress")).isEqualTo(before);
        assertThat(qdisc()).contains("clsact");
    }

    /** As when the interface vanished and came back with the same number. */
    @Test
    @NeedsTool({"tc", "nsenter"})
    void aQdiscThatAnotherHasPutInThePlaceOfOursStays() {
        try (VerdictProgram program = program()) {
            LinuxLink first = attach(program, 1);
            replaceTheQdisc();
            first.close();
            attach(program, 1).close();
            assertThat(qdisc()).contains("clsact");

            LinuxLink second = attach(program, 1);
            replaceTheQdisc();
            LinuxLink third = attach(program, 2); // before the link to the old one is closed
            third.close();
            second.close();
            assertThat(qdisc()).contains("clsact");
        }
    }

    private void replaceTheQdisc() {
        tc("qdisc", "del", "dev", CableNetwork.NEAR, "clsact");
        tc("qdisc", "add", "dev", CableNetwork.NEAR, "clsact");
    }

    @Test
    @NeedsTool({"tc", "nsenter"})
    void anIngressQdiscOfOthersIsUsedAndExplained() {
        tc("qdisc", "add", "dev", CableNetwork.NEAR, "ingress");
        try (VerdictProgram program = program()) {
            try (LinuxLink _ = attach(program, 1)) {
                network.connects();
                assertThat(program.runs()).isPositive();
            }
            assertThatThrownBy(
                            () -> attach(program.program(), NetworkPoint.Tc.last(CableNetwork.NEAR, Direction.EGRESS)))
                    .hasMessageContaining("a qdisc of kind ingress is in the place of clsact");
        }
        assertThat(qdisc()).contains("ingress");
    }

    private String tc(String... arguments) {
        Path namespace = network.near().file();
        List<String> command = Stream.concat(Stream.of("nsenter", "--net=" + namespace, "tc"), Stream.of(arguments))
                .toList();
        return Tools.run(command, Duration.ofSeconds(10)).expectSuccess().stdout();
    }
}
