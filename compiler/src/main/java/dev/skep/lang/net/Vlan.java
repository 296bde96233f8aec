package dev.skep.lang.net;

import dev.skep.lang.BigEndian;
import dev.skep.lang.KernelName;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;

/** A VLAN tag: 4 bytes between the addresses and the EtherType of what it tags (IEEE 802.1Q; {@code struct vlan_hdr}). */
@KernelName("vlan_hdr")
public final class Vlan extends Struct {
    /** Bytes of the tag, without the EtherType before it that says that it follows. */
    public static final int SIZE = 4;

    /** Priority in the upper 3 bits, whether it may be dropped, and the VLAN in the lower 12. */
    @BigEndian
    @Unsigned
    public short control;

    /** EtherType of what follows. */
    @BigEndian
    @Unsigned
    public short protocol;

    /** The VLAN: 0 to 4095. */
    public int identifier() {
        return control & 0xfff;
    }

    /** The priority: 0 to 7. */
    public int priority() {
        return (control >>> 13) & 7;
    }
}
