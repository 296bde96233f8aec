package dev.skep.linux.info;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.Info;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.bpf.Field;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the structures of {@link dev.skep.linux.bpf.BpfInfoLayout} while the kernel fills it in: set what the kernel wants to know
 * (where arrays go and how much room they have), read, and take the members out. For one thread, until closed.
 */
final class InfoBlock implements AutoCloseable {
    /** More than any of the structures of any kernel to date: the kernel accepts zeros behind what it knows. */
    private static final int CAPACITY = 256;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(CAPACITY, Long.BYTES);

    /** Has the kernel fill the block in. @throws dev.skep.object.host.HostException if the kernel refuses */
    void read(FileDescriptor descriptor, String what) {
        SystemFailure.check(tryRead(descriptor), "read what the kernel knows of " + what);
    }

    /** As {@link #read}. @return at least 0, or a negative error number */
    long tryRead(FileDescriptor descriptor) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(Info.BPF_FD, descriptor).set(Info.INFO_LEN, CAPACITY).set(Info.INFO, memory);
            return attr.call(BpfCommand.OBJ_GET_INFO_BY_FD);
        }
    }

    /** A number: 4 bytes unsigned, or 8 bytes. */
    long number(Field field) {
        return field.size() == Integer.BYTES
                ? Integer.toUnsignedLong(word(field))
                : memory.get(ValueLayout.JAVA_LONG, field.offset());
    }

    /** A number of 4 bytes. */
    int word(Field field) {
        return memory.get(ValueLayout.JAVA_INT, field.offset());
    }

    /** {@code char[]} up to its zero byte. */
    String text(Field field) {
        return untilZero(memory.asSlice(field.offset(), field.size()));
    }

    Bytes bytes(Field field) {
        return Bytes.of(memory.asSlice(field.offset(), field.size()).toArray(ValueLayout.JAVA_BYTE));
    }

    void set(Field field, long value) {
        if (field.size() == Integer.BYTES) {
            memory.set(ValueLayout.JAVA_INT, field.offset(), (int) value);
        } else {
            memory.set(ValueLayout.JAVA_LONG, field.offset(), value);
        }
    }

    /** Room for an array that {@code pointer} points to; nothing if it would be empty, which the kernel takes as "not wanted". */
    MemorySegment room(Field pointer, long bytes) {
        if (bytes == 0) {
            return MemorySegment.NULL;
        }
        MemorySegment room = arena.allocate(bytes, Long.BYTES);
        set(pointer, room.address());
        return room;
    }

    /** As {@link #room(Field, long)}, saying in {@code count} how many elements there is room for. */
    MemorySegment room(Field pointer, Field count, long elements, int elementSize) {
        set(count, elements);
        return room(pointer, elements * elementSize);
    }

    /** Text up to the first zero byte, or all of it if there is none. */
    static String untilZero(MemorySegment text) {
        byte[] bytes = text.toArray(ValueLayout.JAVA_BYTE);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** The first {@code count} numbers of 8 bytes of an array, or as many as it has. */
    static List<Long> longs(MemorySegment array, long count) {
        List<Long> numbers = new ArrayList<>();
        for (long i = 0; i < Math.min(count, array.byteSize() / Long.BYTES); i++) {
            numbers.add(array.getAtIndex(ValueLayout.JAVA_LONG, i));
        }
        return List.copyOf(numbers);
    }

    /** The first {@code count} numbers of 4 bytes of an array, or as many as it has. */
    static List<Integer> ints(MemorySegment array, long count) {
        List<Integer> numbers = new ArrayList<>();
        for (long i = 0; i < Math.min(count, array.byteSize() / Integer.BYTES); i++) {
            numbers.add(array.getAtIndex(ValueLayout.JAVA_INT, i));
        }
        return List.copyOf(numbers);
    }

    @Override
    public void close() {
        arena.close();
    }
}
