package dev.skep.linux.bpf;

import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemCalls;
import dev.skep.linux.system.SystemFailure;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The argument of one bpf(2) call: {@code union bpf_attr}, all zero at first. Its members are in the nested classes of
 * {@link BpfAttrLayout}.
 *
 * <pre>{@code
 * try (BpfAttr attr = BpfAttr.take()) {
 *     attr.set(ProgGetFdById.PROG_ID, 42);
 *     FileDescriptor program = attr.open(BpfCommand.PROG_GET_FD_BY_ID, "open program 42");
 * }
 * }</pre>
 *
 * <p>The size told to the kernel ends with the last member set, so that a kernel which knows fewer members than we do accepts
 * what it can know. Blocks are pooled: calling costs no allocation. For one thread, until closed.
 */
public final class BpfAttr implements AutoCloseable {
    /** More than {@code sizeof(union bpf_attr)} of any kernel to date. */
    private static final int CAPACITY = 256;

    /** Kernels write results whatever size they were told; none of those lies behind this (query.revision, test.ctx_size_out). */
    private static final int WRITTEN = 64;

    private static final int PLACES = 64; // a power of two
    private static final int SPACING = 16; // references of neighbours lie in different cache lines
    private static final AtomicReferenceArray<@Nullable BpfAttr> POOL = new AtomicReferenceArray<>(PLACES * SPACING);

    private final MemorySegment memory = Arena.ofAuto().allocate(CAPACITY, Long.BYTES);
    private final MemorySegment errno = SystemCalls.newErrno();
    private final List<FileDescriptor> held = new ArrayList<>();
    private int size;

    private BpfAttr() {}

    /** A zeroed block. */
    public static BpfAttr take() {
        BpfAttr pooled = POOL.getAndSet(place(), null);
        if (pooled == null) {
            return new BpfAttr();
        }
        pooled.clear();
        return pooled;
    }

    /** Zeroes what may have been set: for most calls a few words, which costs less than the block. */
    private void clear() {
        for (long at = 0; at < Math.max(size, WRITTEN); at += Long.BYTES) {
            memory.set(ValueLayout.JAVA_LONG, at, 0);
        }
        size = 0;
    }

    private static int place() {
        return ((int) Thread.currentThread().threadId() & (PLACES - 1)) * SPACING;
    }

    /** Sets a number. */
    public BpfAttr set(Field field, long value) {
        if (field.size() == Integer.BYTES) {
            memory.set(ValueLayout.JAVA_INT, field.offset(), (int) value);
        } else {
            memory.set(ValueLayout.JAVA_LONG, field.offset(), value);
        }
        return reach(field);
    }

    /** Sets a number unless it is 0, so that a member that an older kernel lacks is not mentioned without need. */
    public BpfAttr setIfAny(Field field, long value) {
        return value == 0 ? this : set(field, value);
    }

    /** Sets a pointer to {@code pointee}, which the caller keeps alive until the call has returned; null for an empty one. */
    public BpfAttr set(Field field, MemorySegment pointee) {
        return set(field, SystemCalls.address(pointee));
    }

    /** Sets a descriptor, which stays open until this is closed. @throws IllegalStateException if it is closed already */
    public BpfAttr set(Field field, FileDescriptor descriptor) {
        int number = descriptor.hold();
        held.add(descriptor);
        return set(field, number);
    }

    /** Sets a text, cut to fit with a zero byte behind it. */
    public BpfAttr set(Field field, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(
                bytes, 0, memory, ValueLayout.JAVA_BYTE, field.offset(), Math.min(bytes.length, field.size() - 1));
        return reach(field);
    }

    private BpfAttr reach(Field field) {
        size = Math.max(size, field.end());
        return this;
    }

    /** Says that the structure reaches to {@code field}, which the kernel fills in. */
    public BpfAttr expect(Field field) {
        return reach(field);
    }

    /** A number as it stands, also one that the kernel has written; those of 4 bytes unsigned. */
    public long get(Field field) {
        return field.size() == Integer.BYTES
                ? Integer.toUnsignedLong(memory.get(ValueLayout.JAVA_INT, field.offset()))
                : memory.get(ValueLayout.JAVA_LONG, field.offset());
    }

    /** Makes the call. @return at least 0, or a negative error number */
    public long call(BpfCommand command) {
        return SystemCalls.call(errno, SystemCall.BPF, command.number(), memory.address(), size, 0, 0, 0);
    }

    /** Makes the call. @param attempted for messages, in the infinitive @throws HostException if the kernel refuses */
    public long call(BpfCommand command, String attempted) {
        return SystemFailure.check(call(command), attempted);
    }

    /** Makes a call that returns a new descriptor. @throws HostException if the kernel refuses */
    public FileDescriptor open(BpfCommand command, String attempted) {
        return FileDescriptor.owning(call(command, attempted));
    }

    /** Gives the block back to the pool; what it said is gone, and nothing is held any more. */
    @Override
    public void close() {
        for (int i = 0; i < held.size(); i++) {
            held.get(i).release();
        }
        held.clear();
        POOL.set(place(), this);
    }
}
