package dev.skep;

import dev.skep.lang.BigEndian;
import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Subprogram;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** Elements of arrays in packets at indexes that vary. */
final class PacketArrays {
    /** In an array. */
    static final class Cell extends Struct {
        @BigEndian
        int number;

        @Length(4)
        short[] parts;
    }

    /** The packet's first bytes. */
    static final class Header extends Struct {
        int first;
        int second;

        @Length(16)
        byte[] bytes;

        @Length(3)
        Cell[] cells;
    }

    private PacketArrays() {}

    @Xdp
    static int read(XdpContext context) {
        Header header = context.packet(0, Header.class);
        if (header == null) {
            return -1;
        }
        int index = header.first & 15;
        return header.bytes[index] * 256 + header.bytes[15 - index];
    }

    @Xdp
    static int outOfRangeEnds(XdpContext context) {
        Header header = context.packet(0, Header.class);
        return header == null ? -1 : header.bytes[header.first & 31];
    }

    @Xdp
    static int change(XdpContext context) {
        Header header = context.packet(2, Header.class);
        if (header == null) {
            return -1;
        }
        Cell cell = header.cells[(header.first & 0xff) % 3];
        cell.number += header.second;
        cell.parts[header.second & 3]++;
        header.bytes[header.first & 7] ^= (byte) cell.number;
        return cell.parts[header.first & 3];
    }

    @Xdp
    static int inLoops(XdpContext context) {
        Header header = context.packet(0, Header.class);
        if (header == null) {
            return -1;
        }
        int sum = 0;
        int start = header.first & 7;
        for (int i = 0; i < 8; i++) {
            sum = sum * 31 + header.bytes[start + i] + header.bytes[i];
        }
        for (int i = start; i < 8; i += 2) {
            header.bytes[i] = (byte) sum;
        }
        for (Cell cell : header.cells) {
            sum += cell.parts[sum & 3];
        }
        return sum;
    }

    @Subprogram
    private static int nth(XdpContext context, int index) {
        Header header = context.packet(1, Header.class);
        return header == null ? -1 : header.bytes[index & 15];
    }

    @Xdp
    static int inFunctions(XdpContext context) {
        return nth(context, context.length()) + 2 * nth(context, context.length() + 3);
    }
}
