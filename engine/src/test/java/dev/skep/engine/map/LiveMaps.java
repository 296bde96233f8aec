package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A sandbox with maps in it, and room for a program's keys and values: what the map tests work with. */
final class LiveMaps implements AutoCloseable {
    static final int CPUS = 2;

    final Sandbox sandbox = Sandbox.open();
    final Maps maps = new Maps(sandbox, new MapOptions(CPUS, 42));
    /** Where a "program" keeps a key, a value and another value. */
    final long key = sandbox.allocate(1024, true, "key");

    final long value = sandbox.allocate(1 << 16, true, "value");

    EngineMap create(MapType type, int keySize, int valueSize, int maxEntries) {
        return maps.create(MapSpec.of("m", type, keySize, valueSize, maxEntries));
    }

    EngineMap create(MapType type, int keySize, int valueSize, int maxEntries, int flags) {
        return maps.create(MapSpec.of("m", type, keySize, valueSize, maxEntries).withFlags(flags));
    }

    /** The address of a key made of one number. */
    long key(int number) {
        sandbox.putInt(key, number);
        return key;
    }

    /** The address of a value made of one number. */
    long value(long number) {
        sandbox.putLong(value, number);
        return value;
    }

    /** Four little-endian bytes. */
    static byte[] u32(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array();
    }

    /** Eight little-endian bytes for each number. */
    static byte[] u64(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : numbers) {
            bytes.putLong(number);
        }
        return bytes.array();
    }

    static int asInt(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    static long asLong(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    @Override
    public void close() {
        maps.close();
        sandbox.close();
    }
}
