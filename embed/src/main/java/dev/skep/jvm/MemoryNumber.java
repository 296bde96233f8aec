package dev.skep.jvm;

import dev.skep.compiler.java.FieldType;
import dev.skep.engine.memory.Sandbox;

/** Numbers in memory, as Java has them on its stack: smaller ones extended to {@code int} with their sign or with zeros. */
final class MemoryNumber {
    private MemoryNumber() {}

    static long read(Sandbox memory, long address, FieldType.Number type) {
        return read(memory, address, type.width().bytes(), type.signed(), type.bigEndian());
    }

    /** @param size 1, 2, 4 or 8 bytes */
    static long read(Sandbox memory, long address, int size, boolean signed, boolean bigEndian) {
        return switch (size) {
            case 1 -> signed ? memory.getByte(address) : memory.getByte(address) & 0xff;
            case 2 -> {
                short stored = memory.getShort(address);
                short value = bigEndian ? Short.reverseBytes(stored) : stored;
                yield signed ? value : value & 0xffff;
            }
            case 4 -> bigEndian ? Integer.reverseBytes(memory.getInt(address)) : memory.getInt(address);
            default -> bigEndian ? Long.reverseBytes(memory.getLong(address)) : memory.getLong(address);
        };
    }

    static void write(Sandbox memory, long address, FieldType.Number type, long value) {
        write(memory, address, type.width().bytes(), type.bigEndian(), value);
    }

    /** @param size 1, 2, 4 or 8 bytes */
    static void write(Sandbox memory, long address, int size, boolean bigEndian, long value) {
        switch (size) {
            case 1 -> memory.putByte(address, (byte) value);
            case 2 -> memory.putShort(address, bigEndian ? Short.reverseBytes((short) value) : (short) value);
            case 4 -> memory.putInt(address, bigEndian ? Integer.reverseBytes((int) value) : (int) value);
            default -> memory.putLong(address, bigEndian ? Long.reverseBytes(value) : value);
        }
    }
}
