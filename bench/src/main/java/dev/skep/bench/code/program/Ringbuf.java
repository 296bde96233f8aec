package dev.skep.bench.code.program;

import dev.skep.lang.Global;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.RingBuffer;
import dev.skep.lang.program.Xdp;

/** 2048 records of 48 bytes for a reader, who has to come every 146 runs; every sixteenth is thrown away. */
public final class Ringbuf {
    private static final int BLOCKS = 32;
    private static final int RECORDS = 64;

    static final class Event extends Struct {
        long number;

        @Length(5)
        long[] words;
    }

    static final class State extends Struct {
        long sent;
        long lost;
    }

    static final RingBuffer<Event> events = new RingBuffer<>(16 * 1024 * 1024);
    static final State state = new State();

    private Ringbuf() {}

    @Global
    static long send(long x) {
        for (int i = 0; i < RECORDS; i++) {
            Event event = events.reserve();
            x = Payload.random(x);
            if (event == null) {
                state.lost++;
                continue;
            }
            event.number = state.sent++;
            event.words[0] = x;
            event.words[1] = x >>> 8;
            event.words[2] = x * 3;
            event.words[3] = ~x;
            event.words[4] = x ^ i;
            if ((i & 15) == 15) {
                events.discard(event, RingBuffer.NO_WAKEUP);
            } else {
                events.submit(event, RingBuffer.NO_WAKEUP);
            }
        }
        return x;
    }

    @Xdp
    static int run(XdpContext context) {
        long x = Payload.seed(context);
        for (int i = 0; i < BLOCKS; i++) {
            x = send(x);
        }
        return (int) (x + state.sent);
    }
}
