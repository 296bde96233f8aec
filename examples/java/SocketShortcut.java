import static dev.skep.lang.context.SkAction.SK_PASS;
import static dev.skep.lang.context.SockOpsEvent.BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB;
import static dev.skep.lang.context.SockOpsEvent.BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB;

import dev.skep.lang.Configurable;
import dev.skep.lang.Struct;
import dev.skep.lang.context.SkMsgContext;
import dev.skep.lang.context.SockOpsContext;
import dev.skep.lang.map.SockHash;
import dev.skep.lang.program.SkMsg;
import dev.skep.lang.program.SockOps;

/** Hands what one process of this host sends to another right into its socket, past the network stack. */
public final class SocketShortcut {
    /** One end of a connection, by its own port and the other's. */
    static final class End extends Struct {
        int port;
        int otherPort;
    }

    static final SockHash<End> ends = new SockHash<>(65536);

    /** Only connections to or from this port; 0 for all. */
    @Configurable
    static int only;

    static long shortcuts;

    private SocketShortcut() {}

    /** Remembers each end of a connection when it is established. */
    @SockOps
    static int established(SockOpsContext context) {
        if (context.op == BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB || context.op == BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB) {
            End end = new End();
            end.port = context.local_port;
            end.otherPort = Integer.reverseBytes(context.remote_port);
            if (only == 0 || end.port == only || end.otherPort == only) {
                ends.update(context, end, 0);
            }
        }
        return 1;
    }

    /** Hands over a message to the other end. If that is not on this host, the message goes its way. */
    @SkMsg
    static int message(SkMsgContext message) {
        End other = new End();
        other.port = Integer.reverseBytes(message.remote_port);
        other.otherPort = message.local_port;
        if (ends.redirect(message, other, SockHash.INGRESS) == SK_PASS) {
            shortcuts++;
        }
        return SK_PASS;
    }
}
