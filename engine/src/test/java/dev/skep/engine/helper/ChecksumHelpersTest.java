package dev.skep.engine.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.object.host.Errno;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** One's complement sums: every way to update a checksum gives what summing the changed data anew would give. */
class ChecksumHelpersTest {
    @Property(tries = 300)
    void updatingAChecksumEqualsSummingAgain(
            @ForAll @Size(40) byte[] data, @ForAll @IntRange(max = 18) int word, @ForAll int replacement) {
        int checksum = checksum(data);
        int from = readInt(data, word * 2);
        byte[] changed = data.clone();
        writeInt(changed, word * 2, replacement);
        int expected = checksum(changed);
        assertThat(same(ChecksumHelpers.replace32(checksum, from, replacement), expected))
                .isTrue();

        byte[] half = data.clone();
        half[word * 2] = (byte) replacement;
        half[word * 2 + 1] = (byte) (replacement >> 8);
        assertThat(same(ChecksumHelpers.replace16(checksum, from & 0xffff, replacement & 0xffff), checksum(half)))
                .isTrue();
    }

    @Property(tries = 300)
    void aDifferenceAddedToAChecksumEqualsSummingAgain(
            @ForAll @Size(20) byte[] before, @ForAll @Size(20) byte[] after) {
        try (StandaloneExecution run = new StandaloneExecution()) {
            long difference = ChecksumHelpers.diff(run, run.memory(before), 20, run.memory(after), 20, 0);
            assertThat(difference).isBetween(0L, 0xffffL);
            assertThat(same(ChecksumHelpers.addDifference(checksum(before), difference), checksum(after)))
                    .isTrue();
        }
    }

    @Property(tries = 50)
    void sizesThatAreNoMultipleOfFourAreRefused(@ForAll @IntRange(min = 1, max = 3) int rest) {
        try (StandaloneExecution run = new StandaloneExecution()) {
            long memory = run.memory(new byte[8]);
            assertThat(ChecksumHelpers.diff(run, memory, 4 + rest, memory, 4, 0))
                    .isEqualTo(Errno.EINVAL.negated());
        }
    }

    /** 0 and 0xffff are the same number in one's complement. */
    private static boolean same(int a, int b) {
        return a % 0xffff == b % 0xffff;
    }

    /** RFC 1071, as plainly as it can be written. */
    private static int checksum(byte[] data) {
        long sum = 0;
        for (int i = 0; i < data.length; i += 2) {
            sum += (data[i] & 0xff) | (data[i + 1] & 0xff) << 8;
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) ~sum & 0xffff;
    }

    private static int readInt(byte[] data, int at) {
        return (data[at] & 0xff) | (data[at + 1] & 0xff) << 8 | (data[at + 2] & 0xff) << 16 | data[at + 3] << 24;
    }

    private static void writeInt(byte[] data, int at, int value) {
        for (int i = 0; i < 4; i++) {
            data[at + i] = (byte) (value >> (8 * i));
        }
    }
}
