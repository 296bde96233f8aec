package dev.skep.linux.link;

import dev.skep.linux.bpf.BpfAttr;
import dev.skep.linux.bpf.BpfAttrLayout.IterCreate;
import dev.skep.linux.bpf.BpfCommand;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.SystemCall;
import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** One pass of an iterator: what its program writes as the kernel calls it for each thing. For one thread at a time. */
public final class IteratorStream extends InputStream {
    /** As the kernel's seq_file buffers for iterators ({@code kernel/bpf/bpf_iter.c}): 8 pages. */
    private static final int BUFFER_SIZE = 8 * 4096;

    private final FileDescriptor descriptor;
    private final String iterator;
    private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER_SIZE);
    private long position;
    private long limit;

    private IteratorStream(FileDescriptor descriptor, String iterator) {
        this.descriptor = descriptor;
        this.iterator = iterator;
    }

    /**
     * Begins a pass; there can be several at once.
     *
     * @throws HostException EINVAL if the link is none of an iterator
     */
    public static IteratorStream open(BpfLink link) {
        return open(link.descriptor(), link.toString());
    }

    /** As {@link #open(BpfLink)}, with a link that somebody else has made. */
    public static IteratorStream open(FoundLink link) {
        return open(link.descriptor(), link.toString());
    }

    private static IteratorStream open(FileDescriptor link, String name) {
        try (BpfAttr attr = BpfAttr.take()) {
            attr.set(IterCreate.LINK_FD, link).expect(IterCreate.FLAGS);
            return new IteratorStream(attr.open(BpfCommand.ITER_CREATE, "begin to iterate with " + name), name);
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer.get(ValueLayout.JAVA_BYTE, position++) & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = (int) Math.min(length, limit - position);
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, position, target, offset, count);
        position += count;
        return count;
    }

    /** @return false at the end */
    private boolean fill() throws IOException {
        while (position == limit) {
            long count = descriptor.call(SystemCall.READ, buffer.address(), BUFFER_SIZE);
            if (SystemFailure.is(count, Errno.EAGAIN) || SystemFailure.is(count, Errno.EINTR)) {
                continue; // the kernel pauses after a million things skipped
            }
            if (count < 0) {
                throw new IOException(SystemFailure.refused(count, "read " + iterator));
            }
            if (count == 0) {
                return false;
            }
            position = 0;
            limit = count;
        }
        return true;
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
