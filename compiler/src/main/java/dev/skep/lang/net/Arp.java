package dev.skep.lang.net;

import dev.skep.lang.BigEndian;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;

/** ARP for IPv4 on Ethernet: 28 bytes (RFC 826). Addresses of other kinds have other lengths, which this does not fit. */
@KernelName("skep_arp")
@SuppressWarnings("NullAway.Init") // arrays lie inside the struct, where they are from the start
public final class Arp extends Struct {
    /** Bytes of the whole message. */
    public static final int SIZE = 28;

    /** Operation: who has this address? */
    public static final int REQUEST = 1;

    /** Operation: I have. */
    public static final int REPLY = 2;

    /** Kind of network, 1 for Ethernet. */
    @BigEndian
    @Unsigned
    public short hardwareType;

    /** EtherType of the addresses that are asked for. */
    @BigEndian
    @Unsigned
    public short protocolType;

    /** Bytes of an address of the network: 6. */
    @Unsigned
    public byte hardwareLength;

    /** Bytes of an address that is asked for: 4. */
    @Unsigned
    public byte protocolLength;

    /** {@link #REQUEST} or {@link #REPLY}. */
    @BigEndian
    @Unsigned
    public short operation;

    /** Ethernet address of the sender. */
    @Length(6)
    @Unsigned
    public byte[] senderHardware;

    @Length(4)
    @Unsigned
    byte[] senderBytes;

    /** Ethernet address of the target, zeros in a request. */
    @Length(6)
    @Unsigned
    public byte[] targetHardware;

    @Length(4)
    @Unsigned
    byte[] targetBytes;

    /** IPv4 address of the sender. It lies at no multiple of 4, so it is read byte by byte. */
    public int sender() {
        return (senderBytes[0] << 24) | (senderBytes[1] << 16) | (senderBytes[2] << 8) | senderBytes[3];
    }

    /** IPv4 address of the target. */
    public int target() {
        return (targetBytes[0] << 24) | (targetBytes[1] << 16) | (targetBytes[2] << 8) | targetBytes[3];
    }

    /** True if it is about IPv4 addresses on Ethernet: the rest makes sense then only. */
    public boolean isIpv4OverEthernet() {
        return hardwareType == 1 && protocolType == Ethernet.IPV4 && hardwareLength == 6 && protocolLength == 4;
    }
}
