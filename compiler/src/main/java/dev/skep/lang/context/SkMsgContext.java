package dev.skep.lang.context;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Helper;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import org.jspecify.annotations.Nullable;

/** A message to a socket: {@code struct sk_msg_md} of linux/bpf.h. */
@KernelName("sk_msg_md")
@SuppressWarnings("NullAway.Init") // arrays lie inside the struct, where they are from the start
public final class SkMsgContext extends PacketContext {
    long data;
    long data_end;
    /** Address family. */
    @Unsigned
    public int family;

    /** Remote IPv4 address. */
    @BigEndian
    @Unsigned
    public int remote_ip4;

    /** Local IPv4 address. */
    @BigEndian
    @Unsigned
    public int local_ip4;

    /** Remote IPv6 address. */
    @BigEndian
    @Length(4)
    @Unsigned
    public int[] remote_ip6;

    /** Local IPv6 address. */
    @BigEndian
    @Length(4)
    @Unsigned
    public int[] local_ip6;

    /** Remote port, in network byte order. */
    @Unsigned
    public int remote_port;

    /** Local port. */
    @Unsigned
    public int local_port;

    /** Bytes of the message. */
    @Unsigned
    public int size;

    @Unsigned
    long sk;

    /**
     * The socket it belongs to, {@code null} if there is none. Of its fields, programs may read those that come before
     * {@code src_ip4} and the addresses; it can be given to helpers and to a {@code SocketStorage}.
     */
    public @Nullable BpfSock sk() {
        throw new NotInJavaException("sk");
    }

    @Override
    public <T extends Struct> @Nullable T packet(int offset, Class<T> type) {
        throw new NotInJavaException("packet");
    }

    @Override
    public int length() {
        throw new NotInJavaException("length");
    }

    /** Lets the verdict stand for so many bytes. @return 0 */
    @Helper("MSG_APPLY_BYTES")
    public int applyBytes(int bytes) {
        throw new NotInJavaException("applyBytes");
    }

    /** Asks not to be called again before there are so many bytes. @return 0 */
    @Helper("MSG_CORK_BYTES")
    public int corkBytes(int bytes) {
        throw new NotInJavaException("corkBytes");
    }

    /** Makes a part of the message reachable. Pointers into it are lost. @return 0, or a negative error number */
    @Helper("MSG_PULL_DATA")
    public int pullData(int start, int end, long flags) {
        throw new NotInJavaException("pullData");
    }

    /** Makes room in the message. Pointers into it are lost. @return 0, or a negative error number */
    @Helper("MSG_PUSH_DATA")
    public int pushData(int start, int bytes, long flags) {
        throw new NotInJavaException("pushData");
    }

    /** Takes a part of the message away. Pointers into it are lost. @return 0, or a negative error number */
    @Helper("MSG_POP_DATA")
    public int popData(int start, int bytes, long flags) {
        throw new NotInJavaException("popData");
    }
}
