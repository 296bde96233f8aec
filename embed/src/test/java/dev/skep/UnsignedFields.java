package dev.skep;

import dev.skep.lang.Length;
import dev.skep.lang.Struct;
import dev.skep.lang.Subprogram;
import dev.skep.lang.Unsigned;
import dev.skep.lang.context.XdpContext;
import dev.skep.lang.program.Xdp;

/** What fields with {@code @Unsigned} read as, 200 and 65,000 being in them. */
final class UnsignedFields {
    static final class Header extends Struct {
        @Unsigned
        byte small;

        @Unsigned
        short large;

        byte signed;

        @Unsigned
        @Length(2)
        byte[] bytes;

        static Header make() {
            Header header = new Header();
            header.small = (byte) 200;
            header.large = (short) 65_000;
            header.bytes[1] = (byte) 200;
            return header;
        }
    }

    @Unsigned
    static byte global = (byte) 200;

    private UnsignedFields() {}

    private static byte returned(Header header) {
        return header.small;
    }

    private static int passed(byte number) {
        return number + 1;
    }

    @Subprogram
    static int passedOn(byte number) {
        return number + 1;
    }

    @Xdp
    static int read(XdpContext context) {
        Header header = Header.make();
        return header.small + header.bytes[1] + global + header.large;
    }

    @Xdp
    @SuppressWarnings("ComparisonOutOfRange") // an unsigned byte can be 200
    static int compared(XdpContext context) {
        Header header = Header.make();
        return (header.small == 200 ? 1 : 0) + (header.small == (byte) 200 ? 2 : 0) + (header.large > 0 ? 4 : 0);
    }

    @Xdp
    @SuppressWarnings("cast") // that javac writes nothing for such a cast is what is shown
    static int inVariables(XdpContext context) {
        Header header = Header.make();
        int number = header.small;
        byte small = header.small;
        byte cast = (byte) header.small;
        return number == small && small == cast ? small : -1;
    }

    @Xdp
    static int inParameters(XdpContext context) {
        Header header = Header.make();
        return passed(header.small) * 1000 + passedOn(header.small);
    }

    @Xdp
    static int narrowed(XdpContext context) {
        return (byte) (int) Header.make().small;
    }

    @Xdp
    static int asResult(XdpContext context) {
        return returned(Header.make());
    }

    @Xdp
    static int copied(XdpContext context) {
        Header header = Header.make();
        header.signed = header.small;
        return header.signed;
    }
}
