package dev.skep.replay;

import dev.skep.trace.record.Entry;
import java.util.List;
import java.util.Optional;

/** The memory that a program read when it was recorded. */
final class RecordedMemory {
    private final List<Entry.Read> reads;

    RecordedMemory(List<Entry.Read> reads) {
        this.reads = reads;
    }

    /** What a read leads to. @param result of the helper, negative if it failed @param content what was read */
    record Answer(long result, byte[] content) {}

    /** So many bytes at an address; empty if that is not known. */
    Optional<Answer> bytes(long address, int length) {
        for (Entry.Read read : reads) {
            long distance = address - read.address();
            if (read.result() >= 0
                    && distance >= 0
                    && distance + length <= read.content().length()) {
                return Optional.of(new Answer(
                        0, read.content().slice((int) distance, length).toArray()));
            }
        }
        return failure(address);
    }

    /** The text at an address with its end, at most so many bytes; empty if that is not known. */
    Optional<Answer> text(long address, int room) {
        for (Entry.Read read : reads) {
            long distance = address - read.address();
            if (read.result() < 0 || distance < 0 || distance >= read.content().length()) {
                continue;
            }
            byte[] rest = read.content()
                    .slice((int) distance, read.content().length() - (int) distance)
                    .toArray();
            int end = 0;
            while (end < rest.length && rest[end] != 0) {
                end++;
            }
            if (end < rest.length || rest.length >= room) {
                int length = Math.min(end + 1, room);
                byte[] text = new byte[length];
                System.arraycopy(rest, 0, text, 0, length - 1);
                return Optional.of(new Answer(length, text));
            }
        }
        return failure(address);
    }

    /** What a helper did that is neither of these. */
    Optional<Answer> exactly(int helper, long address) {
        return reads.stream()
                .filter(read -> read.helper() == helper && read.address() == address)
                .findFirst()
                .map(read -> new Answer(read.result(), read.content().toArray()));
    }

    private Optional<Answer> failure(long address) {
        return reads.stream()
                .filter(read -> read.result() < 0 && read.address() == address)
                .findFirst()
                .map(read -> new Answer(read.result(), new byte[0]));
    }
}
