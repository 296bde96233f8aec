package dev.skep;

import dev.skep.lang.Struct;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.map.HashMap;
import dev.skep.lang.program.Xdp;

/** Programs with enums, in all the ways that Java has for them. */
@SuppressWarnings({"FallThrough", "NarrowingCompoundAssignment", "lossy-conversions"}) // that is what is tested
final class Enums {
    /** What a connection is at. */
    enum State {
        NEW,
        OPEN,
        CLOSING,
        CLOSED;

        boolean isOver() {
            return this == CLOSED || compareTo(CLOSING) > 0;
        }

        static State of(int number) {
            return values()[number & 3];
        }
    }

    /** With fields. */
    enum Level {
        LOW(10, 'l'),
        MIDDLE(500, 'm'),
        HIGH(70_000, 'h');

        final int limit;
        final char letter;
        final long square;

        Level(int limit, char letter) {
            this(limit, letter, 25L);
        }

        Level(int limit, char letter, long square) {
            this.limit = limit;
            this.letter = letter;
            this.square = square;
        }

        int twice() {
            return 2 * limit;
        }
    }

    /** An enum in a struct. */
    static final class Connection extends Struct {
        int packets;
        State state;
        Level level;
    }

    /** The packet's first bytes. */
    static final class Input extends Struct {
        int first;
        int second;
        State state;
    }

    static final int[] PRIMES = {2, 3, 5, 7, 11, 13, 17, -19};
    static final byte[] seen = new byte[16];
    static final State START = State.OPEN;
    static final ArrayMap<Connection> connections = new ArrayMap<>(4);
    static final HashMap<State, Level> levels = new HashMap<>(8);
    static final HashMap<Integer, Long> results = new HashMap<>(4096);

    private Enums() {}

    @Xdp
    static int oldSwitch(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        int result = 0;
        switch (State.of(input.first)) {
            case OPEN:
                result = 1;
                break;
            case CLOSED:
                result = 5;
            // fall through
            case NEW:
                result += 100;
                break;
            default:
                result = -7;
        }
        return result + (State.of(input.second).isOver() ? 1000 : 0);
    }

    @Xdp
    static int switchExpressions(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        State state = (input.first & 16) == 0 ? State.of(input.second) : State.CLOSING;
        int exhaustive = switch (state) {
            case NEW -> 3;
            case OPEN, CLOSING -> state == START ? 7 : 8;
            case CLOSED -> 9;
        };
        int guarded = switch (state) {
            case OPEN -> 1;
            case State s when s.ordinal() > (input.first & 3) -> 2;
            case NEW -> 4;
            case State s -> 5;
        };
        return exhaustive * 10 + guarded;
    }

    @Xdp
    static int nulls(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        State state = null;
        if ((input.first & 3) == 1) {
            state = State.of(input.second);
        }
        int kind = switch (state) {
            case null -> 50;
            case OPEN -> 51;
            default -> 52;
        };
        if ((input.first & 4) != 0 && state == null) {
            return kind;
        }
        return kind + state.ordinal();
    }

    @Xdp
    static int fields(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        Level level = Level.values()[(input.first & 0xff) % 3];
        int sum = level.limit + level.letter + level.twice() + (int) level.square + Level.HIGH.limit;
        for (Level each : Level.values()) {
            sum = sum * 3 + (each == level ? each.ordinal() : each.letter);
        }
        return sum;
    }

    @Xdp
    static int inMemory(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        Connection connection = connections.lookup(input.first & 3);
        if (connection == null) {
            return -2;
        }
        connection.packets++;
        State before = connection.state;
        connection.state = before.isOver() ? State.NEW : State.of(before.ordinal() + 1);
        connection.level = Level.values()[connection.packets % 3];
        Level known = levels.lookup(before);
        if (known == null) {
            levels.put(before, connection.level);
        } else if (known.equals(Level.HIGH)) {
            levels.delete(before);
        }
        return before.ordinal() * 10 + connection.level.ordinal();
    }

    /** Whatever the packet has: where it is no ordinal, the program ends. */
    @Xdp
    static int unchecked(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        int sum = 0;
        for (int prime : PRIMES) {
            sum = sum * 3 + prime;
        }
        seen[input.first & 15] += (byte) PRIMES[input.second & 7];
        if ((input.first & 3) != 0) {
            return sum * seen[input.first & 15];
        }
        results.add(input.state.ordinal(), 1);
        return 1 + input.state.ordinal();
    }
}
