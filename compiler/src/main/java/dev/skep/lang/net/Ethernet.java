package dev.skep.lang.net;

import dev.skep.lang.BigEndian;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;

/** The header of an Ethernet frame: 14 bytes (linux/if_ether.h). */
@KernelName("ethhdr")
@SuppressWarnings("NullAway.Init") // arrays lie inside the struct, where they are from the start
public final class Ethernet extends Struct {
    /** Bytes of the header. */
    public static final int SIZE = 14;

    /** EtherType of IPv4. */
    public static final int IPV4 = 0x0800;

    /** EtherType of ARP. */
    public static final int ARP = 0x0806;

    /** EtherType of a VLAN tag (802.1Q). */
    public static final int VLAN = 0x8100;

    /** EtherType of a VLAN tag before another one (802.1ad). */
    public static final int SERVICE_VLAN = 0x88A8;

    /** EtherType of IPv6. */
    public static final int IPV6 = 0x86DD;

    /** Address that it goes to. */
    @Length(6)
    @Unsigned
    public byte[] destination;

    /** Address that it comes from. */
    @Length(6)
    @Unsigned
    public byte[] source;

    /** EtherType of what follows. */
    @BigEndian
    @Unsigned
    public short protocol;
}
