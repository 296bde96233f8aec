package dev.skep;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.map.ArrayMap;
import dev.skep.lang.program.Xdp;

/** Programs with forms of statements and expressions that are more than numbers in variables. */
@SuppressWarnings({"FallThrough", "NarrowingCompoundAssignment", "lossy-conversions"}) // that is what is tested
final class Forms {
    /** Constants that classes share. */
    interface Limits {
        int MOST = 40;
        long WIDE = 0x1_0000_0001L;
        char FIRST = 'a';
    }

    /** The packet's first bytes. */
    static final class Input extends Struct {
        int first;
        int second;

        @Length(6)
        @Unsigned
        byte[] bytes;
    }

    /** A part of another struct. */
    static final class Cell extends Struct {
        @Unsigned
        byte small;

        short middle;
        char letter;

        @BigEndian
        int big;

        long wide;
        boolean truth;

        int upperNibble() {
            return small >> 4 & 15;
        }

        void setUpperNibble(int nibble) {
            small = (byte) ((small & 15) | (nibble << 4));
        }
    }

    /** With an array of structs. */
    static final class Table extends Struct {
        @Length(4)
        Cell[] cells;

        @Length(4)
        short[] sums;

        final int version = 3;
    }

    /** Its arrays are made where they are declared. */
    static final class Made extends Struct {
        @Length(4)
        byte[] bytes = new byte[4];

        int number = 7;
        Cell cell = new Cell();
    }

    static final ArrayMap<Table> tables = new ArrayMap<>(2);
    static final Table global = new Table();
    static int turns;

    private Forms() {}

    /** Constants in a nested class. */
    private static final class Steps {
        static final int UP = 3;
        static final int DOWN = -UP * 2;

        private Steps() {}
    }

    @Xdp
    static int compoundAssignments(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        Table table = (input.first & 1) == 0 ? tables.lookup(input.second & 1) : global;
        if (table == null) {
            return -2;
        }
        Cell cell = table.cells[input.first >> 1 & 3];
        cell.small += input.second;
        cell.middle *= 3 + (input.first & 7);
        cell.letter++;
        cell.letter -= Limits.FIRST;
        cell.big ^= input.second >>> 3;
        cell.big <<= input.first;
        cell.wide += cell.big++ + Limits.WIDE;
        cell.wide >>>= 1;
        cell.truth ^= cell.small > 100;
        table.sums[input.second & 3] += cell.small * 257;
        table.sums[input.first & 3]--;
        int before = cell.middle--;
        return before + --table.cells[0].middle + (cell.truth ? 1 : 0) + table.sums[1];
    }

    @Xdp
    static int loopsOverArrays(XdpContext context) {
        Input input = context.packet(0, Input.class);
        Table table = tables.lookup(0);
        if (input == null || table == null) {
            return -1;
        }
        int sum = 0;
        for (Cell cell : table.cells) {
            cell.setUpperNibble(input.first >> sum & 15);
            sum += cell.upperNibble() + cell.letter;
        }
        for (byte each : input.bytes) {
            sum = sum * 31 + each;
        }
        outer:
        for (Cell cell : global.cells) {
            for (short each : table.sums) {
                if (each == cell.middle) {
                    continue outer;
                }
                if (++sum > Limits.MOST * 100) {
                    break outer;
                }
            }
            cell.middle = (short) sum;
        }
        return sum;
    }

    @Xdp
    static int charactersAndConstants(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        char letter = (char) (Limits.FIRST + (input.first & 31));
        letter += 1;
        letter = letter > 'z' ? 'A' : (char) (letter - 1);
        var step = (input.second & 1) == 0 ? Steps.UP : Steps.DOWN;
        turns += step;
        int kind = switch (letter) {
            case 'a', 'e', 'i', 'o', 'u' -> 'v' - letter;
            case 'A' -> 0;
            default -> {
                assert letter != 'q';
                yield letter + '0';
            }
        };
        return kind * 1000 + turns % 7;
    }

    @Xdp
    static int initialized(XdpContext context) {
        Input input = context.packet(0, Input.class);
        if (input == null) {
            return -1;
        }
        Made made = new Made();
        made.bytes[input.first & 3] = (byte) input.second;
        made.cell.letter += made.number;
        return made.bytes[0] + made.bytes[3] * made.number + made.cell.letter + new Table().version;
    }
}
