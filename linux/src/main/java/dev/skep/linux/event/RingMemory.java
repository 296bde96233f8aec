package dev.skep.linux.event;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.system.Closing;
import dev.skep.linux.system.FileDescriptor;
import dev.skep.linux.system.MappedMemory;
import dev.skep.linux.system.PageSize;
import dev.skep.object.host.HostException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The memory of a ring buffer's map, either kind, as user space has it: the consumer's page, then the producer's page with the data
 * twice in a row behind it (kernel/bpf/ringbuf.c). It has a descriptor of its own, so that it outlives the map's.
 */
final class RingMemory implements AutoCloseable {
    private final FileDescriptor descriptor;
    private final MappedMemory consumerPage;
    private final MappedMemory producerPages;
    private final long size;

    private RingMemory(FileDescriptor descriptor, MappedMemory consumerPage, MappedMemory producerPages, long size) {
        this.descriptor = descriptor;
        this.consumerPage = consumerPage;
        this.producerPages = producerPages;
        this.size = size;
    }

    /**
     * Maps it.
     *
     * @param what for messages: {@code the ring buffer events}
     * @param consumer protection of the consumer's page, {@code PROT_*} @param producer of the producer's page and the data
     * @throws HostException ENOMEM or EMFILE if the system is short of memory or descriptors
     */
    static RingMemory map(LinuxMap map, String what, int consumer, int producer) {
        long size = Integer.toUnsignedLong(map.spec().maxEntries());
        int page = PageSize.bytes();
        FileDescriptor descriptor = map.descriptor().duplicate();
        MappedMemory consumerPage = null;
        try {
            consumerPage = MappedMemory.map(descriptor, 0, page, consumer, what);
            MappedMemory producerPages = MappedMemory.map(descriptor, page, page + 2 * size, producer, what);
            return new RingMemory(descriptor, consumerPage, producerPages, size);
        } catch (RuntimeException e) {
            if (consumerPage != null) {
                consumerPage.close();
            }
            descriptor.close();
            throw e;
        }
    }

    /** What becomes ready. */
    FileDescriptor descriptor() {
        return descriptor;
    }

    /** The consumer's position is at its start. */
    MemorySegment consumer() {
        return consumerPage.segment();
    }

    /** The producer's position is at its start. */
    MemorySegment producer() {
        return producerPages.segment();
    }

    /** The data, twice in a row. */
    MemorySegment data() {
        return producer().asSlice(PageSize.bytes());
    }

    /** Bytes of data: the map's {@code max_entries}. */
    long size() {
        return size;
    }

    @Override
    public void close() {
        Closing.all(List.of(descriptor, producerPages, consumerPage));
    }
}
