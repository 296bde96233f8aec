package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.object.attach.CgroupSharing;
import dev.skep.object.attach.Direction;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.attach.NetworkPoint.Cgroup;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsBpf;
import java.util.ArrayList;
import java.util.List;
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
        attach.get().close(); // loads the classes, for which there will be no descriptor
        Errno first = tryWith(program, 0, attach).orElseThrow();
        assertThat(first).isEqualTo(Errno.EMFILE);
        for (int free = 1; free < ENOUGH; free++) {
            assertThat(tryWith(program, free, attach).orElse(Errno.EMFILE)).isEqualTo(Errno.EMFILE);
        }
        assertThat(tryWith(program, ENOUGH, attach)).isEmpty();
    }

    /** @param free how many descriptors are left @return what attaching failed with */
    private static Optional<Errno> tryWith(VerdictProgram program, int free, Supplier<LinuxLink> attach) {
        List<FileDescriptor> hoard = new ArrayList<>();
        try {
            int all = takeAll(program, hoard);
            for (int i = 0; i < free; i++) {
                hoard.removeLast().close();
            }
            Optional<Errno> failure = attempt(attach);
            assertThat(takeAll(program, hoard))
                    .as("descriptors after an attempt with %d", free)
                    .isEqualTo(all);
            return failure;
        } finally {
            hoard.forEach(FileDescriptor::close);
        }
    }

    private static Optional<Errno> attempt(Supplier<LinuxLink> attach) {
        try {
            attach.get().close();
            return Optional.empty();
        } catch (HostException e) {
            return Optional.of(e.errno());
        }
    }

    /** @return how many are taken then */
    private static int takeAll(VerdictProgram program, List<FileDescriptor> hoard) {
        while (true) {
            try {
                hoard.add(program.program().descriptor().duplicate());
            } catch (HostException e) {
                assertThat(e.errno()).isEqualTo(Errno.EMFILE);
                return hoard.size();
            }
        }
    }
}
