package dev.skep.lang.net;

import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import java.net.Inet6Address;
import java.net.InetAddress;

/** A network of IPv6, or an address that is looked for among them: a key of a {@code LpmTrie}. */
public final class Ipv6Prefix extends Struct {
    /** Bits of an address. */
    public static final int BITS = 128;

    private static final int BYTES = 16;

    /** How many bits count, from the first: 0 to 128. */
    public int length;

    /** The address; bits beyond those that count do not matter. */
    @Length(BYTES)
    @Unsigned
    public byte[] address = new byte[BYTES];

    /** All addresses. */
    public Ipv6Prefix() {}

    /** One address. @param address 16 bytes, such as a field of {@link Ipv6} */
    public Ipv6Prefix(byte[] address) {
        length = BITS;
        for (int i = 0; i < BYTES; i++) {
            this.address[i] = address[i];
        }
    }

    /**
     * A network from text, in user space: {@code 2001:db8::/32}, or one address: {@code 2001:db8::1}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Ipv6Prefix parse(String text) {
        PrefixText prefix = PrefixText.parse(text, BITS);
        if (!(prefix.address() instanceof Inet6Address)) {
            throw new IllegalArgumentException(text + " is of IPv4; a network of IPv6 is written 2001:db8::/32");
        }
        Ipv6Prefix parsed = new Ipv6Prefix();
        parsed.length = prefix.length();
        System.arraycopy(prefix.address().getAddress(), 0, parsed.address, 0, BYTES);
        return parsed;
    }

    /** As text, in user space: {@code 2001:db8:0:0:0:0:0:0/32}. */
    public String text() {
        return PrefixText.of(InetAddress::getByAddress, address, length);
    }
}
