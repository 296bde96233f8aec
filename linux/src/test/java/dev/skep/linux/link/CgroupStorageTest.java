package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.map.NewMaps;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.program.NewPrograms;
import dev.skep.object.attach.NetworkPoint.Cgroup;
import dev.skep.object.host.BpfMap;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsKernel;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Storages of control groups, whose entries come with the first attachment of a program that uses them. */
@NeedsKernel(feature = KernelFeature.CGROUP_LINK)
@Tag("vm")
class CgroupStorageTest {
    private static final int KEY_SIZE = 16; // struct bpf_cgroup_storage_key: cgroup_inode_id (8), attach_type (4)

    private static final String COUNT = """
            r1 = %d ll
            r2 = 0
            call bpf_get_local_storage
            r1 = 1
            lock *(u64 *)(r0 + 0) += r1
            r0 = 1
            exit
            """;

    @ParameterizedTest
    @EnumSource(names = {"CGROUP_STORAGE", "PERCPU_CGROUP_STORAGE"})
    void aGroupsValueIsThereFromTheFirstAttachmentOn(MapType type) throws IOException {
        try (LinuxMap map = NewMaps.create(MapSpec.of("storage", type, KEY_SIZE, 8, 0));
                TestCgroup group = new TestCgroup();
                LinuxProgram program = NewPrograms.load(ProgramType.CGROUP_SKB, COUNT, map)) {
            assertThat(map.entries()).isEmpty();
            Cgroup point = Cgroup.at(group.path()).hook(AttachType.CGROUP_INET_EGRESS);
            try (LinuxLink _ = Attacher.attach(program, point)) {
                sendDatagram();
                List<BpfMap.Entry> entries = map.entries();
                assertThat(entries).hasSize(1);
                byte[] key = entries.getFirst().key();
                assertThat(ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).getInt(8))
                        .isEqualTo(AttachType.CGROUP_INET_EGRESS.number());
                assertThat(sum(map.lookup(key).orElseThrow())).isPositive();
                map.update(key, new byte[(int) map.raw().valueBytes()]);
                assertThat(sum(map.lookup(key).orElseThrow())).isZero();
            }
            assertThat(map.entries()).hasSize(1); // until the kernel has taken the group apart
        }
    }

    private static long sum(byte[] counts) {
        ByteBuffer buffer = ByteBuffer.wrap(counts).order(ByteOrder.LITTLE_ENDIAN);
        long sum = 0;
        while (buffer.hasRemaining()) {
            sum += buffer.getLong();
        }
        return sum;
    }

    private static void sendDatagram() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(loopback, 0));
                DatagramSocket client = new DatagramSocket()) {
            client.send(new DatagramPacket(new byte[1], 1, server.getLocalSocketAddress()));
        }
    }
}
