package dev.skep.lang.net;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Struct;
import java.net.Inet4Address;
import java.net.InetAddress;

/** A network of IPv4, or an address that is looked for among them: a key of a {@code LpmTrie}. */
public final class Ipv4Prefix extends Struct {
    /** Bits of an address. */
    public static final int BITS = 32;

    /** How many bits count, from the first: 0 to 32. */
    public int length;

    /** The address; bits beyond those that count do not matter. */
    @BigEndian
    public int address;

    /** All addresses. */
    public Ipv4Prefix() {}

    /** One address. */
    public Ipv4Prefix(int address) {
        length = BITS;
        this.address = address;
    }

    /**
     * A network from text, in user space: {@code 192.0.2.0/24}, or one address: {@code 192.0.2.1}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Ipv4Prefix parse(String text) {
        PrefixText prefix = PrefixText.parse(text, BITS);
        if (!(prefix.address() instanceof Inet4Address)) {
            throw new IllegalArgumentException(text + " is of IPv6; a network of IPv4 is written 192.0.2.0/24");
        }
        Ipv4Prefix parsed = new Ipv4Prefix();
        parsed.length = prefix.length();
        byte[] bytes = prefix.address().getAddress();
        for (byte part : bytes) {
            parsed.address = (parsed.address << 8) | (part & 0xff);
        }
        return parsed;
    }

    /** As text, in user space: {@code 192.0.2.0/24}. */
    public String text() {
        byte[] bytes = {(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address};
        return PrefixText.of(InetAddress::getByAddress, bytes, length);
    }
}
