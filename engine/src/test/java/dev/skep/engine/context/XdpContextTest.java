package dev.skep.engine.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.engine.memory.AccessCheck;
import dev.skep.engine.memory.Sandbox;
import dev.skep.object.Bytes;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits are those bpf_xdp_adjust_head, _tail and _meta have in net/core/filter.c. */
class XdpContextTest {
    private final Sandbox sandbox = Sandbox.open();
    private final XdpContext packet = new XdpContext(sandbox, true);
    private final AccessCheck check = new AccessCheck(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    private void load(int length) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) (i + 1);
        }
        packet.load(frame, 0, length);
    }

    private int field(int offset) {
        return sandbox.getInt(packet.contextAddress() + offset);
    }

    private byte[] frame() {
        byte[] frame = new byte[packet.frameLength()];
        packet.copyFrame(frame, 0);
        return frame;
    }

    @Test
    void theContextHoldsRealAddresses() {
        load(60);
        assertThat(Integer.toUnsignedLong(field(0))).isEqualTo(packet.data());
        assertThat(field(4) - field(0)).isEqualTo(60);
        assertThat(field(8)).isEqualTo(field(0));
        assertThat(sandbox.getByte(packet.data() + 59)).isEqualTo((byte) 60);
    }

    @Test
    void exactlyThePacketIsAccessible() {
        load(60);
        assertThat(check.allows(packet.data(), 60, true)).isTrue();
        assertThat(check.allows(packet.data() + 60, 1, false)).isFalse();
        assertThat(check.allows(packet.data() - 1, 1, false)).isFalse();
        assertThat(check.allows(packet.contextAddress(), 4, false)).isTrue();
        assertThat(check.allows(packet.contextAddress(), 4, true)).isFalse();
        packet.adjustHead(-4);
        assertThat(check.allows(packet.data(), 64, true)).isTrue();
        load(20);
        assertThat(check.allows(packet.data(), 21, true)).isFalse();
    }

    @Test
    void theHeadMovesWithinTheHeadroom() {
        load(60);
        assertThat(packet.adjustHead(-216)).isZero();
        assertThat(packet.length()).isEqualTo(276);
        assertThat(packet.adjustHead(-1)).isEqualTo(Errno.EINVAL.negated());
        assertThat(packet.adjustHead(216 + 46)).isZero();
        assertThat(packet.length()).isEqualTo(14);
        assertThat(packet.adjustHead(1)).isEqualTo(Errno.EINVAL.negated());
        assertThat(frame()[0]).isEqualTo((byte) 47);
    }

    @Test
    void theTailGrowsWithZerosUpToTheFramesEnd() {
        load(60);
        assertThat(packet.adjustTail(4)).isZero();
        assertThat(frame()).endsWith(58, 59, 60, 0, 0, 0, 0);
        assertThat(packet.adjustTail(4096 - 256 - 320 - 64)).isZero();
        assertThat(packet.length()).isEqualTo(3520);
        assertThat(packet.adjustTail(1)).isEqualTo(Errno.EINVAL.negated());
        assertThat(packet.adjustTail(14 - 3520)).isZero();
        assertThat(packet.adjustTail(-1)).isEqualTo(Errno.EINVAL.negated());
    }

    @Test
    void metadataIsMultiplesOfFourAndMovesWithTheHead() {
        load(60);
        assertThat(packet.adjustMeta(-3)).isEqualTo(Errno.EACCES.negated());
        assertThat(packet.adjustMeta(4)).isEqualTo(Errno.EINVAL.negated());
        assertThat(packet.adjustMeta(-8)).isZero();
        sandbox.putLong(packet.data() - 8, 0x1122334455667788L);
        assertThat(packet.adjustHead(-20)).isZero();
        assertThat(sandbox.getLong(packet.data() - 8)).isEqualTo(0x1122334455667788L);
        assertThat(field(0) - field(8)).isEqualTo(8);
    }

    @Test
    void bytesAreCopiedWithinThePacketOnly() {
        load(60);
        long buffer = sandbox.allocate(64, true, "buffer");
        assertThat(packet.loadBytes(56, buffer, 4)).isZero();
        assertThat(sandbox.getInt(buffer)).isEqualTo(0x3c3b3a39);
        assertThat(packet.loadBytes(57, buffer, 4)).isEqualTo(Errno.EINVAL.negated());
        assertThat(packet.loadBytes(0x10000, buffer, 4)).isEqualTo(Errno.EFAULT.negated());
        assertThat(packet.storeBytes(0, buffer, 4)).isZero();
        assertThat(frame()).startsWith(0x39, 0x3a, 0x3b, 0x3c, 5);
    }

    @Test
    void aUsersContextGivesMetadataAndInterfaces() {
        load(60);
        ByteBuffer given = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        given.putInt(4).putInt(60).putInt(0).putInt(7).putInt(2).putInt(0);
        packet.applyContext(Bytes.of(given.array()));
        assertThat(packet.length()).isEqualTo(56);
        assertThat(packet.metadataLength()).isEqualTo(4);
        assertThat(field(12)).isEqualTo(7);
        assertThat(field(16)).isEqualTo(2);
        assertThat(packet.dataOut().length()).isEqualTo(60);
        assertThat(packet.contextOut()).isEqualTo(Bytes.of(given.array()));
        given.putInt(0, 3);
        assertThatThrownBy(() -> packet.applyContext(Bytes.of(given.array())))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("EINVAL");
    }

    @Test
    void packetsOfAnyLengthUpToTheLimitAreTaken() {
        for (int length : new int[] {0, 1, 13, 9000, 262_144}) {
            load(length);
            assertThat(packet.length()).isEqualTo(length);
        }
        assertThatThrownBy(() -> load(262_145))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("E2BIG");
    }
}
