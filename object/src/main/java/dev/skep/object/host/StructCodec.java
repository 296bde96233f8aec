package dev.skep.object.host;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/** Members one after the other, each at a multiple of its alignment, the whole rounded up to the largest of these. */
final class StructCodec<R> implements Codec<R> {
    private final List<Field<R, ?>> fields;
    private final Function<Members, R> make;
    private final int alignment;
    private final int size;

    StructCodec(List<Field<R, ?>> fields, Function<Members, R> make) {
        this.fields = fields;
        this.make = make;
        this.alignment =
                fields.stream().mapToInt(f -> f.codec().alignment()).max().orElse(1);
        int end = 0;
        for (Field<R, ?> field : fields) {
            end = roundUp(end, field.codec().alignment()) + field.codec().size();
        }
        this.size = roundUp(end, alignment);
    }

    private static int roundUp(int offset, int alignment) {
        return (offset + alignment - 1) & -alignment;
    }

    /** Reads members in the struct's order. */
    static final class Members {
        private final ByteBuffer in;
        private final int start;

        private Members(ByteBuffer in) {
            this.in = in;
            this.start = in.position();
        }

        <T> T next(Field<?, T> field) {
            in.position(start + roundUp(in.position() - start, field.codec().alignment()));
            return field.codec().read(in);
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int alignment() {
        return alignment;
    }

    @Override
    public R read(ByteBuffer in) {
        int start = in.position();
        R value = make.apply(new Members(in));
        in.position(start + size);
        return value;
    }

    @Override
    public void write(R value, ByteBuffer out) {
        int start = out.position();
        for (Field<R, ?> field : fields) {
            Codecs.pad(
                    out, start + roundUp(out.position() - start, field.codec().alignment()));
            writeField(field, value, out);
        }
        Codecs.pad(out, start + size);
    }

    private static <R, T> void writeField(Field<R, T> field, R value, ByteBuffer out) {
        field.codec().write(field.get().apply(value), out);
    }
}
