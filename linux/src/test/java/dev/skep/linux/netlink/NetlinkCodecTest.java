package dev.skep.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.object.Bytes;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Messages and attributes: what goes in comes out, and no length is believed. */
class NetlinkCodecTest {
    private static NetlinkMessage sent(NetlinkRequest request) {
        List<NetlinkMessage> messages = NetlinkMessage.parse(Bytes.of(request.encode(0x301, 7)));
        assertThat(messages).hasSize(1);
        return messages.getFirst();
    }

    private static NetlinkMessage error(int flags, byte[] payload) {
        return new NetlinkMessage(NetlinkMessage.ERROR, flags, 1, Bytes.of(payload));
    }

    @Property(tries = 200)
    void attributesComeOutAsTheyWentIn(
            @ForAll @Size(max = 8) Map<@IntRange(min = 1, max = 0x3fff) Integer, @Size(max = 40) byte[]> values) {
        NetlinkRequest request =
                new NetlinkRequest(20, 0x400).u8(1).u8(2).u16(3).u32(4);
        values.forEach(request::attribute);
        NetlinkMessage message = sent(request);
        assertThat(message.type()).isEqualTo(20);
        assertThat(message.flags()).isEqualTo(0x701);
        assertThat(message.sequence()).isEqualTo(7);
        assertThat(message.u32(4)).isEqualTo(4);
        Attributes attributes = message.attributes(8);
        values.forEach((type, value) -> assertThat(attributes.bytes(type)).contains(Bytes.of(value)));
    }

    @Test
    void attributesNest() {
        NetlinkRequest request = new NetlinkRequest(1, 0)
                .nested(18, info -> info.attribute(1, "veth").nested(2, data -> data.attribute(4, -1)))
                .attribute(3, "eth0");
        Attributes attributes = sent(request).attributes(0);
        assertThat(attributes.text(3)).contains("eth0");
        assertThat(attributes.nested(18).text(1)).contains("veth");
        assertThat(attributes.nested(18).nested(2).number(4)).hasValue(-1);
        assertThat(attributes.nested(18).nested(5).has(1)).isFalse();
        assertThat(attributes.number(9)).isEmpty();
        assertThatThrownBy(() -> attributes.number(3)).hasMessageContaining("a number of 5 bytes");
    }

    @Test
    void anAttributeTooLongForItsHeaderIsRefused() {
        NetlinkRequest request = new NetlinkRequest(1, 0);
        assertThatThrownBy(() -> request.attribute(1, new byte[0x10000])).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 1000)
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 96) byte[] bytes, @ForAll @IntRange(max = 0x3ff) int flags) {
        isReadOrRefused(() -> NetlinkMessage.parse(Bytes.of(bytes)).forEach(message -> message.attributes(16)));
        isReadOrRefused(() -> Attributes.parse(Bytes.of(bytes)).nested(1).number(2));
        isReadOrRefused(() -> ExtendedAck.of(error(flags, bytes)));
        isReadOrRefused(() -> ExtendedAck.ofDump(error(flags, bytes)));
    }

    /** Where the lengths are small, more of what is read nests and repeats. */
    @Property(tries = 1000)
    void anySmallBytesAreReadOrRefused(@ForAll @NotEmpty @Size(max = 96) @ByteRange(min = 0, max = 20) byte[] bytes) {
        anyBytesAreReadOrRefused(bytes, 0x200);
    }

    private static void isReadOrRefused(Runnable reading) {
        try {
            reading.run();
        } catch (HostException e) {
            assertThat(e.errno()).isEqualTo(Errno.EBADMSG);
        }
    }

    @Test
    void aForgedMessageLengthIsRefused() {
        byte[] message = new NetlinkRequest(1, 0).u32(5).encode(0, 1);
        for (int length : new int[] {0, 15, 21, Integer.MIN_VALUE, -1, Integer.MAX_VALUE}) {
            ByteBuffer.wrap(message).order(ByteOrder.nativeOrder()).putInt(0, length);
            assertThatThrownBy(() -> NetlinkMessage.parse(Bytes.of(message)))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBADMSG))
                    .hasMessageContaining("claims " + Integer.toUnsignedString(length) + " of the 20 bytes left");
        }
    }

    @Test
    void anErrorBringsTheKernelsWords() {
        byte[] tlvs = new NetlinkRequest(0, 0)
                .attribute(1, "no such qdisc")
                .attribute(2, 36)
                .encode(0, 0);
        ByteBuffer payload = ByteBuffer.allocate(20 + tlvs.length - 16).order(ByteOrder.nativeOrder());
        payload.putInt(Errno.EINVAL.negated()).position(20).put(tlvs, 16, tlvs.length - 16);
        ExtendedAck capped = ExtendedAck.of(error(0x300, payload.array()));
        assertThat(capped.result()).isEqualTo(Errno.EINVAL.negated());
        assertThat(capped.explanation()).isEqualTo("the kernel says: no such qdisc (at byte 36 of the request)");
        assertThat(ExtendedAck.of(error(0x100, payload.array())).explanation()).isEmpty();
    }

    @Test
    void anErrorThatRepeatsMoreThanThereIsIsRefused() {
        ByteBuffer payload =
                ByteBuffer.allocate(24).order(ByteOrder.nativeOrder()).putInt(4, 1000);
        assertThatThrownBy(() -> ExtendedAck.of(error(0x200, payload.array())))
                .hasMessageContaining("repeats 984 bytes");
    }
}
