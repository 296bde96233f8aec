package dev.skep.engine.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.memory.AccessCheck;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.Bytes;
import dev.skep.object.host.Errno;
import dev.skep.object.program.ProgramType;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the skb helpers of net/core/filter.c do to a packet. */
class SocketBufferContextTest {
    private static final String ADDRESSES = "020000000001" + "020000000002";
    private static final String IPV4 = "4500001c000000004011000001020304" + "05060708" + "0035003500080000";
    private static final int BIG_IPV6 = 0xdd86;

    private final Sandbox sandbox = Sandbox.open();
    private final AccessCheck check = new AccessCheck(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    private SocketBufferContext load(ProgramType type, String hex) {
        SocketBufferContext packet = new SocketBufferContext(sandbox, true, type);
        byte[] frame = HexFormat.of().parseHex(hex);
        packet.load(frame, 0, frame.length);
        return packet;
    }

    private SocketBufferContext ipv4() {
        return load(ProgramType.SCHED_CLS, ADDRESSES + "0800" + IPV4);
    }

    private int field(SocketBufferContext packet, int offset) {
        return sandbox.getInt(packet.contextAddress() + offset);
    }

    private static String frame(PacketContext packet) {
        byte[] frame = new byte[packet.frameLength()];
        packet.copyFrame(frame, 0);
        return HexFormat.of().formatHex(frame);
    }

    @Test
    void trafficControlSeesTheEthernetHeaderAndCgroupsDoNot() {
        SocketBufferContext ingress = ipv4();
        assertThat(ingress.length()).isEqualTo(42);
        assertThat(field(ingress, SocketBufferLayout.LEN)).isEqualTo(42);
        assertThat(field(ingress, SocketBufferLayout.PROTOCOL)).isEqualTo(0x0008);
        assertThat(ingress.etherType()).isEqualTo(0x0800);
        assertThat(field(ingress, SocketBufferLayout.DATA_END) - field(ingress, SocketBufferLayout.DATA))
                .isEqualTo(42);
        SocketBufferContext cgroup = load(ProgramType.CGROUP_SKB, ADDRESSES + "0800" + IPV4);
        assertThat(cgroup.length()).isEqualTo(28);
        assertThat(sandbox.getByte(cgroup.data())).isEqualTo((byte) 0x45);
        assertThat(frame(cgroup)).isEqualTo(ADDRESSES + "0800" + IPV4);
    }

    @Test
    void onlyTheFieldsTheKernelLetsAProgramWriteAreWritable() {
        SocketBufferContext packet = ipv4();
        long context = packet.contextAddress();
        assertThat(check.allows(context + SocketBufferLayout.MARK, 4, true)).isTrue();
        assertThat(check.allows(context + SocketBufferLayout.CB + 16, 4, true)).isTrue();
        assertThat(check.allows(context + SocketBufferLayout.TSTAMP, 8, true)).isTrue();
        assertThat(check.allows(context + SocketBufferLayout.LEN, 4, true)).isFalse();
        assertThat(check.allows(context + SocketBufferLayout.HASH, 4, true)).isFalse();
        assertThat(check.allows(context + SocketBufferLayout.LEN, 4, false)).isTrue();
        SocketBufferContext filter = load(ProgramType.SOCKET_FILTER, ADDRESSES + "0800" + IPV4);
        assertThat(check.allows(filter.contextAddress() + SocketBufferLayout.MARK, 4, true))
                .isFalse();
        assertThat(check.allows(filter.contextAddress() + SocketBufferLayout.CB, 4, true))
                .isTrue();
    }

    @Test
    void theFirstVlanTagIsKeptBesideTheDataAndGoesOutWithTheFrame() {
        SocketBufferContext packet = ipv4();
        assertThat(packet.vlanPush(0x0081, 100)).isZero();
        assertThat(packet.length()).isEqualTo(42);
        assertThat(field(packet, SocketBufferLayout.VLAN_PRESENT)).isEqualTo(1);
        assertThat(frame(packet)).isEqualTo(ADDRESSES + "81000064" + "0800" + IPV4);
        assertThat(packet.vlanPush(0xa888, 200)).isZero();
        assertThat(packet.length()).isEqualTo(46);
        assertThat(packet.etherType()).isEqualTo(0x8100);
        assertThat(frame(packet)).isEqualTo(ADDRESSES + "88a800c8" + "81000064" + "0800" + IPV4);
        assertThat(packet.vlanPop()).isZero();
        assertThat(packet.length()).isEqualTo(42);
        assertThat(field(packet, SocketBufferLayout.VLAN_TCI)).isEqualTo(100);
        assertThat(packet.vlanPop()).isZero();
        assertThat(frame(packet)).isEqualTo(ADDRESSES + "0800" + IPV4);
        assertThat(packet.vlanPop()).isZero();
        assertThat(frame(packet)).isEqualTo(ADDRESSES + "0800" + IPV4);
    }

    @Test
    void aTagInTheFrameIsPopped() {
        SocketBufferContext packet = load(ProgramType.SCHED_CLS, ADDRESSES + "81000064" + "0800" + IPV4);
        assertThat(packet.etherType()).isEqualTo(0x8100);
        assertThat(packet.vlanPop()).isZero();
        assertThat(packet.etherType()).isEqualTo(0x0800);
        assertThat(frame(packet)).isEqualTo(ADDRESSES + "0800" + IPV4);
        assertThat(packet.networkOffset()).isEqualTo(14);
    }

    @Test
    void roomIsMadeAndTakenAfterTheEthernetHeaderOrTheNetworkHeader() {
        SocketBufferContext packet = ipv4();
        assertThat(packet.adjustRoom(4, 1, 0)).isZero();
        assertThat(frame(packet)).isEqualTo(ADDRESSES + "0800" + "00000000" + IPV4);
        assertThat(packet.adjustRoom(-4, 1, 0)).isZero();
        assertThat(frame(packet)).isEqualTo(ADDRESSES + "0800" + IPV4);
        assertThat(packet.adjustRoom(2, 0, 0)).isZero();
        assertThat(frame(packet)).isEqualTo(ADDRESSES + "0800" + IPV4.substring(0, 40) + "0000" + IPV4.substring(40));
        assertThat(packet.adjustRoom(0x1000, 0, 0)).isEqualTo(Errno.EFAULT.negated());
        assertThat(packet.adjustRoom(-12, 0, 0)).isEqualTo(Errno.ENOTSUPP.negated());
        assertThat(packet.adjustRoom(4, 2, 0)).isEqualTo(Errno.ENOTSUPP.negated());
        assertThat(packet.adjustRoom(4, 1, 1 << 7)).isEqualTo(Errno.EINVAL.negated());
    }

    @Test
    void theProtocolChangesWithTheRoomOfItsHeader() {
        SocketBufferContext packet = ipv4();
        assertThat(packet.changeProtocol(BIG_IPV6, 0)).isZero();
        assertThat(packet.length()).isEqualTo(62);
        assertThat(packet.etherType()).isEqualTo(0x86dd);
        assertThat(frame(packet)).isEqualTo(ADDRESSES + "0800" + "00".repeat(20) + IPV4);
        assertThat(packet.changeProtocol(0x0008, 0)).isZero();
        assertThat(frame(packet)).isEqualTo(ADDRESSES + "0800" + IPV4);
        assertThat(packet.changeProtocol(0x0008, 0)).isEqualTo(Errno.ENOTSUPP.negated());
    }

    @Test
    void headAndTailGrowWithZeros() {
        SocketBufferContext packet = ipv4();
        assertThat(packet.changeHead(14, 0)).isZero();
        assertThat(frame(packet)).isEqualTo("00".repeat(14) + ADDRESSES + "0800" + IPV4);
        assertThat(packet.changeTail(60, 0)).isZero();
        assertThat(frame(packet)).endsWith(IPV4 + "00000000");
        assertThat(packet.changeTail(20_000, 0)).isEqualTo(Errno.EINVAL.negated());
        assertThat(packet.changeTail(10, 0)).isEqualTo(Errno.EINVAL.negated());
        assertThat(packet.changeHead(-1, 0)).isEqualTo(Errno.EINVAL.negated());
    }

    @Test
    void bytesAreLoadedRelativeToAHeaderAndZeroOnFailure() {
        SocketBufferContext packet = ipv4();
        long buffer = sandbox.allocate(8, true, "buffer");
        assertThat(packet.loadBytesRelative(12, buffer, 4, 1)).isZero();
        assertThat(sandbox.getInt(buffer)).isEqualTo(0x04030201);
        assertThat(packet.loadBytesRelative(12, buffer, 2, 0)).isZero();
        assertThat(sandbox.getShort(buffer)).isEqualTo((short) 0x0008);
        assertThat(packet.loadBytes(40, buffer, 4)).isEqualTo(Errno.EFAULT.negated());
        assertThat(sandbox.getInt(buffer)).isZero();
        assertThat(packet.storeBytes(0, buffer, 6, 4)).isEqualTo(Errno.EINVAL.negated());
        assertThat(packet.storeBytes(0, buffer, 6, 0)).isZero();
        assertThat(frame(packet)).startsWith("000000000000");
    }

    @Test
    void legacyLoadsReachTheHeadersByNegativeOffsets() {
        SocketBufferContext packet = load(ProgramType.CGROUP_SKB, ADDRESSES + "0800" + IPV4);
        assertThat(sandbox.getByte(packet.packetAddress(-0x100000 + 9, 1))).isEqualTo((byte) 17);
        assertThat(sandbox.getShort(packet.packetAddress(-0x200000 + 12, 2))).isEqualTo((short) 0x0008);
        assertThat(packet.packetAddress(-0x200001, 1)).isZero();
        assertThat(packet.packetAddress(27, 1)).isNotZero();
        assertThat(packet.packetAddress(27, 2)).isZero();
    }

    @Test
    void hashesBelongToFlowsAndAreRecomputedWhenInvalid() {
        SocketBufferContext packet = ipv4();
        int hash = packet.hash();
        assertThat(hash).isNotZero();
        packet.setHash(5);
        assertThat(packet.hash()).isEqualTo(5);
        packet.clearHash();
        assertThat(packet.hash()).isEqualTo(hash);
        sandbox.putShort(packet.data() + 36, (short) 1);
        packet.clearHash();
        assertThat(packet.hash()).isNotEqualTo(hash);
    }

    @Test
    void clonesKeepThePacketAsItWas() {
        SocketBufferContext packet = ipv4();
        packet.cloneTo(3, 0);
        packet.changeTail(20, 0);
        packet.cloneTo(4, 1);
        assertThat(packet.clones()).hasSize(2);
        assertThat(packet.clones().get(0))
                .isEqualTo(new SocketBufferContext.Clone(
                        3, 0, Bytes.of(HexFormat.of().parseHex(ADDRESSES + "0800" + IPV4))));
        assertThat(packet.clones().get(1).frame().length()).isEqualTo(20);
    }

    @Test
    void checksumLevelsGoUpAndDown() {
        SocketBufferContext packet = ipv4();
        assertThat(packet.checksumLevel(0)).isEqualTo(Errno.EACCES.negated());
        assertThat(packet.checksumLevel(1)).isZero();
        assertThat(packet.checksumLevel(0)).isZero();
        assertThat(packet.checksumLevel(1)).isZero();
        assertThat(packet.checksumLevel(0)).isEqualTo(1);
        assertThat(packet.checksumLevel(3)).isZero();
        assertThat(packet.checksumLevel(0)).isEqualTo(Errno.EACCES.negated());
        assertThat(packet.checksumLevel(4)).isEqualTo(Errno.EINVAL.negated());
    }

    @Test
    void shortAndEmptyFramesAreTaken() {
        for (String hex : new String[] {"", "01", "0102030405060708090a0b0c0d"}) {
            SocketBufferContext packet = load(ProgramType.SCHED_CLS, hex);
            assertThat(packet.etherType()).isZero();
            assertThat(packet.vlanPop()).isZero();
            assertThat(packet.vlanPush(0x0081, 1)).isZero();
            assertThat(packet.hash()).isNotZero();
            packet.close();
        }
    }
}
