package dev.skep.lang.map;

import dev.skep.lang.Helper;
import dev.skep.lang.NotInJavaException;
import dev.skep.lang.context.BpfSock;
import dev.skep.lang.context.SkBuff;
import dev.skep.lang.context.SkMsgContext;
import dev.skep.lang.context.SockOpsContext;
import org.jspecify.annotations.Nullable;

/**
 * Sockets by keys. Data for one can be handed to another without going through the network. Since Linux 4.18.
 *
 * <p>Programs of the types sk_msg and sk_skb are attached to such a map, and run for its sockets.
 */
@MapKind("SOCKHASH")
public final class SockHash<K> extends BpfMap {
    /** Flag: into the queue of what the socket receives, not of what it sends ({@code BPF_F_INGRESS}). */
    public static final long INGRESS = 1;

    /** A map. @param maxEntries the most entries it can have, a constant */
    public SockHash(int maxEntries) {
        super(maxEntries);
    }

    /** Puts the socket of an event in. @param flags {@code BPF_ANY} (0) and so on @return 0, or a negative error number */
    @Helper(value = "SOCK_HASH_UPDATE", receiver = 1, sizes = false)
    public int update(SockOpsContext context, K key, long flags) {
        throw new NotInJavaException("update");
    }

    /** Sends a message by another socket. @param flags 0 or {@link #INGRESS} @return what the program returns, {@code SK_PASS} or {@code SK_DROP} */
    @Helper(value = "MSG_REDIRECT_HASH", receiver = 1, sizes = false)
    public int redirect(SkMsgContext message, K key, long flags) {
        throw new NotInJavaException("redirect");
    }

    /** Sends what was received by another socket. @param flags 0 or {@link #INGRESS} @return what the program returns, {@code SK_PASS} or {@code SK_DROP} */
    @Helper(value = "SK_REDIRECT_HASH", receiver = 1, sizes = false)
    public int redirect(SkBuff packet, K key, long flags) {
        throw new NotInJavaException("redirect");
    }

    /**
     * The socket of a key, {@code null} if there is none. It has to be given back by {@code Sockets.release} on every path.
     */
    @Helper(value = "MAP_LOOKUP_ELEM", sizes = false)
    public @Nullable BpfSock lookup(K key) {
        throw new NotInJavaException("lookup");
    }
}
