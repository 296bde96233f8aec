package dev.skep.linux.map;

import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.value.BtfValue;
import dev.skep.object.btf.value.BtfValueReader;
import dev.skep.object.btf.value.BtfValueWriter;
import dev.skep.object.host.Codec;
import java.nio.ByteBuffer;

/**
 * Bytes as their BTF type says: keys and values of maps whose types are known only when the program runs. Not for several threads.
 *
 * <pre>{@code
 * TypedMap<BtfValue, BtfValue> flows = TypedMap.of(map, BtfCodec.of(types, spec.keyType()), BtfCodec.of(types, spec.valueType()));
 * }</pre>
 */
public final class BtfCodec implements Codec<BtfValue> {
    private final BtfValueReader reader;
    private final BtfValueWriter writer;
    private final int typeId;
    private final int size;
    private final int alignment;

    private BtfCodec(Btf types, int typeId) {
        BtfLayout layout = new BtfLayout(types);
        this.reader = new BtfValueReader(types);
        this.writer = new BtfValueWriter(types, Location.in("value"));
        this.typeId = typeId;
        this.size = layout.size(typeId);
        this.alignment = layout.alignment(typeId);
    }

    /** Of values of one type. @throws dev.skep.object.InputException if the type has no size */
    public static BtfCodec of(Btf types, int typeId) {
        return new BtfCodec(types, typeId);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int alignment() {
        return alignment;
    }

    /** @throws dev.skep.object.InputException if the type makes no sense */
    @Override
    public BtfValue read(ByteBuffer in) {
        byte[] bytes = new byte[size];
        in.get(bytes);
        return reader.read(bytes, typeId);
    }

    /** @throws dev.skep.object.InputException naming the part of the value that does not fit the type */
    @Override
    public void write(BtfValue value, ByteBuffer out) {
        out.put(writer.write(value, typeId));
    }
}
