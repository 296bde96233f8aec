package dev.skep;

import dev.skep.lang.Bpf;
import dev.skep.lang.Struct;
import dev.skep.lang.Timer;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.program.Xdp;

/** Timers that start each other, and one that ends what it belongs to. */
final class Timers {
    private static final long MILLISECOND = 1_000_000;

    /** Counts down. */
    static final class Countdown extends Struct {
        int left;
        int errors;
        Timer timer = new Timer();
    }

    /** Lives for a while. */
    static final class Session extends Struct {
        long since;
        Timer timer = new Timer();
    }

    static final ArrayMap<Countdown> countdowns = new ArrayMap<>(2);
    static final HashMap<Integer, Session> sessions = new HashMap<>(16);
    static int ended;
    static int lastEnded;

    private Timers() {}

    @Xdp
    static int countDown(XdpContext context) {
        Countdown countdown = countdowns.lookup(1);
        if (countdown == null) {
            return -1;
        }
        countdown.left = 5;
        countdown.errors = countdown.timer.initialize(countdowns)
                | countdown.timer.setCallback(countdowns, Timers::next)
                | countdown.timer.start(MILLISECOND);
        return countdown.timer.initialize(countdowns);
    }

    private static void next(int index, Countdown countdown) {
        countdown.left--;
        if (countdown.left > 0) {
            countdown.errors |= countdown.timer.startUntil(Bpf.ktimeGetNs() + index * MILLISECOND);
        }
    }

    @Xdp
    static int open(XdpContext context) {
        int id = context.length();
        sessions.put(id, new Session());
        Session session = sessions.lookup(id);
        if (session == null || session.timer.initialize(sessions) != 0) {
            return -1;
        }
        session.since = Bpf.ktimeGetNs();
        int refused = session.timer.setCallback(sessions, (key, value) -> {
            if (Bpf.ktimeGetNs() - value.since >= 5 * MILLISECOND) {
                ended++;
                lastEnded = key;
                sessions.delete(key);
            }
        });
        return refused | session.timer.start(5 * MILLISECOND);
    }

    @Xdp
    static int close(XdpContext context) {
        Session session = sessions.lookup(context.length());
        return session == null ? -1 : session.timer.cancel() * 10 + session.timer.cancel();
    }
}
