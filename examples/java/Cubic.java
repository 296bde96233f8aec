import dev.skep.lang.Bpf;
import dev.skep.lang.KernelName;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.kernel.Kernel;
import dev.skep.lang.kernel.KernelStruct;
import dev.skep.lang.program.Member;
import dev.skep.lang.program.StructOps;

/**
 * TCP congestion control: the window grows along a cubic function of the time since the last loss (RFC 9438). Sockets choose it by
 * its name, {@code java_cubic}.
 */
@StructOps("tcp_congestion_ops")
public final class Cubic {
    /** What is read and written of a connection. */
    @KernelName("tcp_sock")
    abstract static class Socket extends KernelStruct {
        int snd_cwnd;
        int snd_ssthresh;
        int snd_cwnd_clamp;
        int prior_cwnd;
        int max_packets_out;
    }

    @KernelName("inet_connection_sock")
    abstract static class Connection extends KernelStruct {
        @Length(13)
        long[] icsk_ca_priv;
    }

    /** What is kept with a connection. Windows in segments, times in milliseconds. */
    static final class Growth extends Struct {
        int windowAtLoss;
        int origin;
        long epoch;
        long plateau;
        int acknowledged;
        int renoWindow;
        int renoAcknowledged;
    }

    @Member
    @Length(16)
    static final String name = "java_cubic";

    /** The window after a loss, in thousandths of that before: RFC 9438 has 0.7. */
    private static final int KEPT = 700;

    /** {@code TCP_CA_Loss} of include/uapi/linux/tcp.h. */
    private static final int LOSS = 4;

    static long acknowledgements;
    static long losses;
    static int largestWindow;

    private Cubic() {}

    private static Growth growth(Socket socket) {
        return Kernel.view(Kernel.cast(socket, Connection.class).icsk_ca_priv, Growth.class);
    }

    @Member
    static void init(Socket socket) {
        Growth growth = growth(socket);
        growth.windowAtLoss = 0;
        forgetEpoch(growth);
    }

    private static void forgetEpoch(Growth growth) {
        growth.epoch = 0;
        growth.acknowledged = 0;
        growth.renoAcknowledged = 0;
    }

    /** The window from which on it grows slowly, after a loss. */
    @Member
    static int ssthresh(Socket socket) {
        losses++;
        Growth growth = growth(socket);
        int window = socket.snd_cwnd;
        // Other connections get room faster if the window had not yet been reached again.
        growth.windowAtLoss =
                window < growth.windowAtLoss ? (int) (window * (1000L + KEPT) / 2000) : window;
        forgetEpoch(growth);
        return Math.max((int) ((long) window * KEPT / 1000), 2);
    }

    @Member
    static void cong_avoid(Socket socket, int ack, int acked) {
        acknowledgements++;
        int window = socket.snd_cwnd;
        largestWindow = Math.max(largestWindow, window);
        if (window >= 2 * socket.max_packets_out) {
            return;
        }
        int left = acked;
        if (window < socket.snd_ssthresh) {
            int grown = Math.min(window + acked, socket.snd_ssthresh);
            left -= grown - window;
            window = grown;
        }
        if (left > 0) {
            window += increase(growth(socket), window, left);
        }
        // No limit is the largest number without a sign.
        socket.snd_cwnd = (int) Math.min(window, socket.snd_cwnd_clamp & 0xffff_ffffL);
    }

    /** By how much the window grows; fractions are kept for the next time. */
    private static int increase(Growth growth, int window, int acked) {
        long now = Bpf.ktimeGetNs() / 1_000_000;
        if (growth.epoch == 0) {
            growth.epoch = now;
            growth.renoWindow = window;
            growth.origin = Math.max(window, growth.windowAtLoss);
            // W(t) = 0.4 (t - K)^3 + W_max, with t in seconds: K is where it is W_max again.
            growth.plateau = cubeRoot((growth.origin - window) * 2_500_000_000L);
        }
        long distance = now - growth.epoch - growth.plateau;
        long target = growth.origin + distance * distance / 1000 * distance / 2_500_000;
        target = Math.max(target, renoWindow(growth, acked));
        long missing = Math.min(Math.max(target - window, 0), window / 2);
        long perSegment = missing == 0 ? 100L * window : Math.max(window / missing, 2);
        growth.acknowledged += acked;
        int grown = (int) (growth.acknowledged / perSegment);
        growth.acknowledged -= (int) (grown * perSegment);
        return grown;
    }

    /** What Reno's window would be by now, which grows by 3 (1 - 0.7) / (1 + 0.7) segments per round trip. */
    private static int renoWindow(Growth growth, int acked) {
        growth.renoAcknowledged += acked;
        int perSegment = growth.renoWindow * 17 / 9 + 1;
        int grown = growth.renoAcknowledged / perSegment;
        growth.renoAcknowledged -= grown * perSegment;
        growth.renoWindow += grown;
        return growth.renoWindow;
    }

    private static long cubeRoot(long number) {
        long root = 0;
        long rest = number;
        for (int shift = 60; shift >= 0; shift -= 3) {
            root <<= 1;
            long next = 3 * root * (root + 1) + 1;
            if (rest >>> shift >= next) {
                rest -= next << shift;
                root++;
            }
        }
        return root;
    }

    @Member
    static void set_state(Socket socket, byte state) {
        if (state == LOSS) {
            forgetEpoch(growth(socket));
        }
    }

    /** The loss was none: as before. */
    @Member
    static int undo_cwnd(Socket socket) {
        return Math.max(socket.snd_cwnd, socket.prior_cwnd);
    }
}
