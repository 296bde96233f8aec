package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.ProgAttach;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.Closing;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.object.attach.CgroupSharing;
import dev.skep.object.attach.Neighbour;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.NetworkPoint.Cgroup;
import dev.skep.object.attach.Ordering;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Control groups: every kind of program, beside others and alone. */
@NeedsKernel(feature = KernelFeature.CGROUP_LINK)
@Tag("vm")
class CgroupLinkTest {
    private static final int ALLOW = 1;

    private TestCgroup group;

    @BeforeEach
    void enter() {
        group = new TestCgroup();
    }

    @AfterEach
    void leave() {
        group.close();
    }

    /** What happens in the group, by which the program of a kind runs. */
    interface Deed {
        void happen() throws IOException;
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                kind(ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_INGRESS, CgroupLinkTest::sendDatagram),
                kind(ProgramType.CGROUP_SKB, AttachType.CGROUP_INET_EGRESS, CgroupLinkTest::sendDatagram),
                kind(ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET_SOCK_CREATE, CgroupLinkTest::sendDatagram),
                kind(ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET_SOCK_RELEASE, CgroupLinkTest::sendDatagram),
                kind(ProgramType.CGROUP_SOCK, AttachType.CGROUP_INET6_POST_BIND, CgroupLinkTest::connect),
                kind(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET6_BIND, CgroupLinkTest::connect),
                kind(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET6_CONNECT, CgroupLinkTest::connect),
                kind(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP6_SENDMSG, CgroupLinkTest::sendDatagram),
                kind(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_UDP6_RECVMSG, CgroupLinkTest::sendDatagram),
                kind(ProgramType.CGROUP_SOCK_ADDR, AttachType.CGROUP_INET6_GETSOCKNAME, CgroupLinkTest::connect),
                kind(ProgramType.CGROUP_SOCKOPT, AttachType.CGROUP_SETSOCKOPT, CgroupLinkTest::connect),
                kind(ProgramType.CGROUP_SOCKOPT, AttachType.CGROUP_GETSOCKOPT, CgroupLinkTest::askForOption),
                kind(ProgramType.CGROUP_SYSCTL, AttachType.CGROUP_SYSCTL, CgroupLinkTest::readSetting),
                kind(ProgramType.CGROUP_DEVICE, AttachType.CGROUP_DEVICE, CgroupLinkTest::openDevice),
                kind(ProgramType.SOCK_OPS, AttachType.CGROUP_SOCK_OPS, CgroupLinkTest::connect));
    }

    private static Arguments kind(ProgramType type, AttachType attachType, Deed deed) {
        return Arguments.of(type, attachType, deed);
    }

    /** The JVM's sockets are of IPv6 for both families unless it is told otherwise; this asks for the loopback of IPv6. */
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("::1");

    private static void sendDatagram() throws IOException {
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
                DatagramSocket client = new DatagramSocket()) {
            server.setSoTimeout(1000);
            client.send(new DatagramPacket(new byte[1], 1, server.getLocalSocketAddress()));
            server.receive(new DatagramPacket(new byte[1], 1));
        }
    }

    private static void connect() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
                Socket client = new Socket(LOOPBACK, server.getLocalPort())) {
            client.setTcpNoDelay(true);
        }
    }

    private static void askForOption() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            assertThat(socket.getReceiveBufferSize()).isPositive();
        }
    }

    private static void readSetting() throws IOException {
        assertThat(Files.readString(Path.of("/proc/sys/kernel/ostype"))).startsWith("Linux");
    }

    private static void openDevice() throws IOException {
        Files.newInputStream(Path.of("/dev/zero")).close();
    }

    private static Runnable unchecked(Deed deed) {
        return () -> {
            try {
                deed.happen();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("kinds")
    void everyKindOfLinkKeepsTheContract(ProgramType type, AttachType attachType, Deed deed) {
        new NetworkLinkContract(
                        () -> VerdictProgram.of(type, Optional.of(attachType), ALLOW),
                        program -> Attacher.attach(program, Cgroup.at(group.path())),
                        unchecked(deed))
                .holdsForLinks();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("kinds")
    void everyKindKeepsTheContractAlone(ProgramType type, AttachType attachType, Deed deed) {
        Cgroup point = Cgroup.at(group.path()).sharing(CgroupSharing.EXCLUSIVE);
        new NetworkLinkContract(
                        () -> VerdictProgram.of(type, Optional.of(attachType), ALLOW),
                        program -> Attacher.attach(program, point),
                        unchecked(deed))
                .holdsWithoutLinks();
    }

    @ParameterizedTest
    @EnumSource(names = {"OVERRIDE", "MULTI"})
    void whatStandsInForLinksKeepsTheContract(CgroupSharing sharing) {
        standsInForLinks(sharing);
    }

    @Test
    @NeedsKernel(feature = KernelFeature.CGROUP_ORDERING)
    void whatRunsBeforeTheGroupsBelowKeepsTheContract() {
        standsInForLinks(CgroupSharing.MULTI_PREORDER);
        Cgroup point = Cgroup.at(group.path()).sharing(CgroupSharing.MULTI_PREORDER);
        new NetworkLinkContract(
                        CgroupLinkTest::egress,
                        program -> Attacher.attach(program, point),
                        unchecked(CgroupLinkTest::sendDatagram))
                .holdsForLinks();
    }

    private void standsInForLinks(CgroupSharing sharing) {
        Cgroup point = Cgroup.at(group.path()).sharing(sharing);
        new NetworkLinkContract(
                        CgroupLinkTest::egress,
                        program -> attachWithoutLink(program, point),
                        unchecked(CgroupLinkTest::sendDatagram))
                .holdsWithoutLinks();
    }

    private static VerdictProgram egress() {
        return egress(ALLOW);
    }

    private static VerdictProgram egress(int verdict) {
        return VerdictProgram.of(ProgramType.CGROUP_SKB, Optional.of(AttachType.CGROUP_INET_EGRESS), verdict);
    }

    private LinuxLink attach(VerdictProgram program, NetworkPoint point) {
        return Attacher.attach(program.program(), point);
    }

    private List<Integer> attached(String path) {
        return AttachedPrograms.atCgroup(Path.of(path), AttachType.CGROUP_INET_EGRESS)
                .programs();
    }

    private static List<Integer> ids(VerdictProgram... programs) {
        return Stream.of(programs).map(program -> program.program().info().id()).toList();
    }

    @Test
    void moreProgramsRunInAGroupThanOneHookHolds() throws IOException {
        int each = 40; // of the 64 that one group has room for
        Path child = Files.createDirectory(Path.of(group.path()).resolve("child"));
        List<AutoCloseable> attached = new ArrayList<>();
        try {
            for (int i = 0; i < each; i++) {
                VerdictProgram program = egress();
                attached.add(program);
                attached.add(attach(program, Cgroup.at(group.path())));
                attached.add(attach(program, Cgroup.at(child.toString())));
            }
            assertThat(AttachedPrograms.effectiveAtCgroup(child, AttachType.CGROUP_INET_EGRESS)
                            .programs())
                    .hasSize(2 * each);
        } finally {
            Closing.all(attached);
            Files.delete(child);
        }
    }

    @Test
    void whatAGroupForbidsFails() {
        VerdictProgram program =
                VerdictProgram.of(ProgramType.CGROUP_SOCK_ADDR, Optional.of(AttachType.CGROUP_INET6_CONNECT), 0);
        try (program;
                LinuxLink _ = attach(program, Cgroup.at(group.path()))) {
            assertThatThrownBy(CgroupLinkTest::connect).hasMessageContaining("not permitted");
        }
        unchecked(CgroupLinkTest::connect).run();
    }

    @Test
    @NeedsKernel(feature = KernelFeature.CGROUP_ORDERING)
    void severalProgramsRunInTheOrderAskedFor() {
        Cgroup here = Cgroup.at(group.path());
        try (VerdictProgram one = egress();
                VerdictProgram two = egress();
                VerdictProgram three = egress();
                LinuxLink first = attach(one, here);
                LinuxLink _ = attach(two, here);
                LinuxLink _ = attach(three, here.ordering(Ordering.FIRST))) {
            assertThat(attached(group.path())).isEqualTo(ids(three, one, two));
            try (VerdictProgram four = egress();
                    VerdictProgram five = egress();
                    LinuxLink _ =
                            attach(four, here.ordering(Ordering.before(new Neighbour.Program(ids(two).getFirst()))));
                    LinuxLink _ = attach(
                            five,
                            here.ordering(Ordering.after(
                                    new Neighbour.Link(((BpfLink) first).info().id()))))) {
                assertThat(attached(group.path())).isEqualTo(ids(three, one, five, four, two));
            }
        }
        assertThat(attached(group.path())).isEmpty();
    }

    @Test
    @NeedsKernel(feature = KernelFeature.CGROUP_ORDERING)
    void aProgramGoesBesideOneAttachedWithoutALink() {
        Cgroup here = Cgroup.at(group.path());
        try (VerdictProgram one = egress();
                VerdictProgram two = egress();
                LinuxLink _ = attachWithoutLink(one.program(), here)) {
            Ordering order = Ordering.before(new Neighbour.Program(ids(one).getFirst()));
            try (LinuxLink link = attach(two, here.ordering(order))) {
                assertThat(attached(group.path())).isEqualTo(ids(two, one));
                assertThat(link).isInstanceOf(DirectLink.class);
            }
            assertThat(attached(group.path())).isEqualTo(ids(one));
        }
    }

    @Test
    void theProgramOfAGroupBelowOverridesOneThatLetsIt() {
        try (VerdictProgram above = egress();
                VerdictProgram below = egress();
                LinuxLink _ = attach(above, Cgroup.at(group.path()).sharing(CgroupSharing.OVERRIDE));
                LinuxLink _ = attach(below, Cgroup.at(group.below()).sharing(CgroupSharing.OVERRIDE))) {
            unchecked(CgroupLinkTest::sendDatagram).run();
            assertThat(above.runs()).isZero();
            assertThat(below.runs()).isPositive();
        }
    }

    @Test
    void underAnExclusiveProgramThereIsNoOther() {
        try (VerdictProgram above = egress();
                VerdictProgram below = egress();
                LinuxLink _ = attach(above, Cgroup.at(group.path()).sharing(CgroupSharing.EXCLUSIVE))) {
            assertThatThrownBy(() -> attach(below, Cgroup.at(group.below())))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM))
                    .hasMessageContaining("allows none below");
        }
    }

    @Test
    void anExclusiveProgramDoesNotSilentlyReplaceAnother() {
        Cgroup alone = Cgroup.at(group.path()).sharing(CgroupSharing.EXCLUSIVE);
        try (VerdictProgram one = egress();
                VerdictProgram two = egress();
                LinuxLink _ = attach(one, alone)) {
            assertThatThrownBy(() -> attach(two, alone))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
                    .hasMessageContaining(ids(one).toString());
            assertThat(attached(group.path())).isEqualTo(ids(one));
        }
    }

    @Test
    void closingLeavesAloneWhatHasComeInAnExclusivePlace() {
        Cgroup alone = Cgroup.at(group.path()).sharing(CgroupSharing.EXCLUSIVE);
        try (VerdictProgram one = egress();
                VerdictProgram two = egress()) {
            LinuxLink ours = attach(one, alone);
            attachByForce(two);
            ours.close();
            assertThat(attached(group.path())).isEqualTo(ids(two));
        }
    }

    /** As another process would that does not look first. */
    private void attachByForce(VerdictProgram program) {
        try (FileDescriptor directory = open();
                BpfAttr attr = BpfAttr.take()) {
            attr.set(ProgAttach.TARGET_FD, directory.number())
                    .set(
                            ProgAttach.ATTACH_BPF_FD,
                            program.program().descriptor().number())
                    .set(ProgAttach.ATTACH_TYPE, AttachType.CGROUP_INET_EGRESS.number());
            attr.call(BpfCommand.PROG_ATTACH, "attach alone");
        }
    }

    private FileDescriptor open() {
        return FileDescriptor.open(Path.of(group.path()), FileDescriptor.O_RDONLY);
    }

    private LinuxLink attachWithoutLink(LinuxProgram program, Cgroup point) {
        return CgroupDirectAttachment.attach(program, point, AttachType.CGROUP_INET_EGRESS, open());
    }

    @Test
    void aProgramAttachedWithoutALinkIsReplacedInItsPlace() {
        Cgroup here = Cgroup.at(group.path());
        try (VerdictProgram old = egress();
                VerdictProgram last = egress();
                VerdictProgram replacement = egress()) {
            LinuxLink first = attachWithoutLink(old.program(), here);
            try (LinuxLink _ = attach(last, here);
                    LinuxLink _ = attach(replacement, here.ordering(Ordering.replacing(ids(old).getFirst())))) {
                assertThat(attached(group.path())).isEqualTo(ids(replacement, last));
                first.close(); // is no longer there, and that is all right
                assertThat(attached(group.path())).isEqualTo(ids(replacement, last));
            }
            assertThat(attached(group.path())).isEmpty();
        }
    }

    @Test
    void aProgramForBothDirectionsMustBeToldItsHook() {
        try (VerdictProgram program = VerdictProgram.of(ProgramType.CGROUP_SKB, Optional.empty(), ALLOW)) {
            assertThatThrownBy(() -> attach(program, Cgroup.at(group.path())))
                    .hasMessageContaining("does not say which hook it is for");
            try (LinuxLink _ = attach(program, Cgroup.at(group.path()).hook(AttachType.CGROUP_INET_EGRESS))) {
                unchecked(CgroupLinkTest::sendDatagram).run();
                assertThat(program.runs()).isPositive();
            }
        }
    }

    @Test
    void aDirectoryThatIsNoGroupIsRefusedWithWhereGroupsAre() {
        try (VerdictProgram program = egress()) {
            assertThatThrownBy(() -> attach(program, Cgroup.at("/tmp")))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADF))
                    .hasMessageContaining("/tmp is not a directory of the cgroup2 file system; it is mounted at /");
            assertThatThrownBy(() -> attach(program, Cgroup.at("/sys/fs/cgroup/no-such-group")))
                    .hasMessageContaining("ENOENT: cannot open /sys/fs/cgroup/no-such-group");
        }
    }

    @Test
    void closingIsNoErrorWhenTheGroupIsGone() {
        long descriptors = OpenDescriptors.count();
        try (VerdictProgram one = egress();
                VerdictProgram two = egress()) {
            LinuxLink link = attach(one, Cgroup.at(group.path()));
            LinuxLink direct = attachWithoutLink(two.program(), Cgroup.at(group.path()));
            group.remove();
            link.close();
            direct.close();
        }
        assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
    }
}
