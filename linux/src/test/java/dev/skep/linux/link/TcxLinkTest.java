package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.ProgAttach;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.netlink.Interfaces;
import dev.skep.linux.system.OpenDescriptors;
import dev.skep.object.attach.Direction;
import dev.skep.object.attach.Neighbour;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.Ordering;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TCX: several programs at one hook, in an order of their choice. */
@NeedsKernel(feature = KernelFeature.TCX)
@Tag("vm")
class TcxLinkTest {
    private static final int TCX_NEXT = -1; // enum tcx_action_base of linux/bpf.h
    private static final int TCX_DROP = 2;

    private CableNetwork network;

    @BeforeEach
    void connect() {
        network = CableNetwork.ofVeth();
    }

    @AfterEach
    void disconnect() {
        network.close();
    }

    private static VerdictProgram program() {
        return VerdictProgram.of(ProgramType.SCHED_CLS, Optional.of(AttachType.TCX_INGRESS), TCX_NEXT);
    }

    private LinuxLink attach(VerdictProgram program, Ordering ordering) {
        NetworkPoint.Tcx point = new NetworkPoint.Tcx(CableNetwork.NEAR, Direction.INGRESS, ordering);
        return network.near().call(() -> Attacher.attach(program.program(), point));
    }

    private AttachedPrograms attached() {
        return network.near().call(() -> AttachedPrograms.atInterface(CableNetwork.NEAR, Direction.INGRESS));
    }

    private static int id(VerdictProgram program) {
        return program.program().info().id();
    }

    private void isOrder(VerdictProgram... programs) {
        assertThat(attached().programs())
                .containsExactlyElementsOf(
                        Stream.of(programs).map(TcxLinkTest::id).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aLinkKeepsTheContract(Direction direction) {
        NetworkPoint.Tcx point = new NetworkPoint.Tcx(CableNetwork.NEAR, direction, Ordering.LAST);
        new NetworkLinkContract(
                        () -> VerdictProgram.of(ProgramType.SCHED_CLS, Optional.empty(), TCX_NEXT),
                        program -> network.near().call(() -> Attacher.attach(program, point)),
                        network::echo)
                .holdsForLinks();
    }

    @Test
    void eachOrderingPutsAProgramWhereItSays() {
        try (VerdictProgram one = program();
                VerdictProgram two = program();
                VerdictProgram three = program();
                VerdictProgram four = program();
                VerdictProgram five = program();
                LinuxLink _ = attach(one, Ordering.LAST);
                LinuxLink _ = attach(two, Ordering.LAST);
                LinuxLink _ = attach(three, Ordering.FIRST);
                LinuxLink _ = attach(four, Ordering.before(new Neighbour.Program(id(two))))) {
            isOrder(three, one, four, two);
            int linkOfThree = attached().links().getFirst();
            try (LinuxLink _ = attach(five, Ordering.after(new Neighbour.Link(linkOfThree)))) {
                isOrder(three, five, one, four, two);
            }
            isOrder(three, one, four, two);
        }
    }

    @Test
    void whatALinkHoldsIsNotDetachedWithoutIt() {
        NetworkPoint.Tcx point = new NetworkPoint.Tcx(CableNetwork.NEAR, Direction.INGRESS, Ordering.LAST);
        try (VerdictProgram program = program();
                LinuxLink _ = attach(program, Ordering.LAST)) {
            assertThatThrownBy(() -> network.near().run(() -> LastingAttachment.detach(program.program(), point)))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                    .hasMessageContaining("or by a link: skep link list shows those");
            isOrder(program);
        }
    }

    @Test
    void programsRunUntilOneDecides() {
        assertThat(network.connects()).isTrue(); // which makes the neighbours known
        try (VerdictProgram drops = VerdictProgram.of(ProgramType.SCHED_CLS, Optional.empty(), TCX_DROP);
                VerdictProgram passes = program();
                LinuxLink _ = attach(passes, Ordering.LAST)) {
            try (LinuxLink _ = attach(drops, Ordering.FIRST)) {
                long before = passes.runs();
                assertThat(network.echo()).isFalse();
                assertThat(passes.runs()).isEqualTo(before);
            }
            assertThat(network.connects()).isTrue();
            assertThat(passes.runs()).isPositive();
        }
    }

    @Test
    void aRevisionThatHasPassedIsRefused() {
        try (VerdictProgram one = program();
                VerdictProgram two = program()) {
            long revision = attached().revision();
            try (LinuxLink _ = attach(one, Ordering.LAST.atRevision(revision))) {
                assertThat(attached().revision()).isGreaterThan(revision);
                assertThatThrownBy(() -> attach(two, Ordering.LAST.atRevision(revision)))
                        .isInstanceOfSatisfying(
                                HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ESTALE))
                        .hasMessageContaining("not at revision " + revision);
            }
        }
    }

    @Test
    void aNeighbourThatIsNotThereIsNamed() {
        try (VerdictProgram one = program();
                VerdictProgram elsewhere = program();
                LinuxLink _ = attach(one, Ordering.LAST)) {
            assertThatThrownBy(() -> attach(one, Ordering.before(new Neighbour.Program(id(elsewhere)))))
                    .hasMessageContaining("EEXIST");
            try (VerdictProgram two = program()) {
                assertThatThrownBy(() -> attach(two, Ordering.before(new Neighbour.Program(id(elsewhere)))))
                        .isInstanceOfSatisfying(
                                HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT))
                        .hasMessageContaining("program " + id(elsewhere));
            }
        }
    }

    @Test
    void aProgramAttachedWithoutALinkIsReplacedAndThenDetachedByTheReplacement() {
        long descriptors = OpenDescriptors.count();
        try (VerdictProgram old = program();
                VerdictProgram replacement = program();
                VerdictProgram third = program()) {
            network.near().run(() -> attachWithoutLink(old));
            LinuxLink link = attach(replacement, Ordering.replacing(id(old)));
            isOrder(replacement);
            assertThat(attached().links()).containsExactly(0);
            link.update(third.program());
            isOrder(third);
            link.close(); // from a thread in another namespace
            isOrder();
        }
        assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
    }

    private static void attachWithoutLink(VerdictProgram program) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(
                            ProgAttach.TARGET_IFINDEX,
                            Interfaces.named(CableNetwork.NEAR).index())
                    .set(
                            ProgAttach.ATTACH_BPF_FD,
                            program.program().descriptor().number())
                    .set(ProgAttach.ATTACH_TYPE, AttachType.TCX_INGRESS.number());
            attr.call(BpfCommand.PROG_ATTACH, "attach without a link");
        }
    }

    @Test
    void aLinkedProgramIsNotReplacedButItsLinkUpdated() {
        try (VerdictProgram linked = program();
                VerdictProgram other = program();
                LinuxLink _ = attach(linked, Ordering.LAST)) {
            assertThatThrownBy(() -> attach(other, Ordering.replacing(id(linked))))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
                    .hasMessageContaining("update that link");
        }
    }

    @Test
    void anUpdateMayInsistOnWhatItReplaces() {
        try (VerdictProgram one = program();
                VerdictProgram two = program();
                VerdictProgram three = program();
                LinuxLink link = attach(one, Ordering.LAST)) {
            BpfLink held = (BpfLink) link;
            assertThatThrownBy(() -> held.update(two.program(), three.program()))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM))
                    .hasMessageContaining("another program than expected");
            held.update(one.program(), three.program());
            isOrder(three);
        }
    }

    @Test
    void detachingEmptiesTheLink() {
        try (VerdictProgram one = program();
                LinuxLink link = attach(one, Ordering.LAST)) {
            ((BpfLink) link).detach();
            isOrder();
            assertThatThrownBy(() -> link.update(one.program())).hasMessageContaining("ENOLINK");
        }
    }

    @Test
    void theInterfaceMayGoFirst() {
        long descriptors = OpenDescriptors.count();
        try (VerdictProgram one = program();
                LinuxLink link = attach(one, Ordering.LAST)) {
            network.unplug();
            assertThatThrownBy(() -> link.update(one.program())).hasMessageContaining("ENOLINK");
        }
        assertThat(OpenDescriptors.count()).isEqualTo(descriptors);
    }
}
