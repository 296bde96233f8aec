package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.ScarceDescriptors;
import dev.skep.object.attach.CgroupSharing;
import dev.skep.object.attach.Direction;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.NetworkPoint.Cgroup;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Attaching while the process has no descriptor left, or one, or two ...: it says so, and loses none. */
@NeedsBpf
class DescriptorShortageTest {
    private static final int ENOUGH = 4;

    @Test
    void xdpByLink() {
        withXdp(program ->
                Attacher.attach(program, new NetworkPoint.Xdp(CableNetwork.NEAR, NetworkPoint.Xdp.Mode.GENERIC)));
    }

    @Test
    void xdpByNetlink() {
        withXdp(program ->
                XdpNetlinkLink.attach(program, new NetworkPoint.Xdp(CableNetwork.NEAR, NetworkPoint.Xdp.Mode.GENERIC)));
    }

    @Test
    void filter() {
        try (CableNetwork network = CableNetwork.ofVeth();
                VerdictProgram program = VerdictProgram.of(ProgramType.SCHED_CLS, Optional.empty(), -1)) {
            NetworkPoint.Tc point = NetworkPoint.Tc.last(CableNetwork.NEAR, Direction.INGRESS);
            network.near().run(() -> holds(program, () -> Attacher.attach(program.program(), point)));
        }
    }

    @Test
    void cgroupWithAndWithoutLink() {
        try (TestCgroup group = new TestCgroup();
                VerdictProgram program =
                        VerdictProgram.of(ProgramType.CGROUP_SKB, Optional.of(AttachType.CGROUP_INET_EGRESS), 1)) {
            Cgroup point = Cgroup.at(group.path());
            holds(program, () -> Attacher.attach(program.program(), point));
            holds(program, () -> Attacher.attach(program.program(), point.sharing(CgroupSharing.EXCLUSIVE)));
        }
    }

    private interface Attaching {
        LinuxLink attach(LinuxProgram program);
    }

    private static void withXdp(Attaching attaching) {
        try (CableNetwork network = CableNetwork.ofVeth();
                VerdictProgram program = VerdictProgram.of(ProgramType.XDP, Optional.of(AttachType.XDP), 2)) {
            network.near().run(() -> holds(program, () -> attaching.attach(program.program())));
        }
    }

    private static void holds(VerdictProgram program, Supplier<LinuxLink> attach) {
        int enough = ScarceDescriptors.until(
                program.program().descriptor(), () -> attach.get().close());
        assertThat(enough).isBetween(1, ENOUGH);
    }
}
