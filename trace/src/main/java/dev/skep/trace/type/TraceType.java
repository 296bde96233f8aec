package dev.skep.trace.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The type of a value in a script. {@link #size()} is what it takes in keys and values of maps and in events, in bytes, little-endian,
 * without padding at the end; everything is aligned to its {@link #alignment()}.
 */
public sealed interface TraceType {
    /** Bytes it takes. */
    int size();

    /** 1, 2, 4 or 8. */
    int alignment();

    /** What variables, keys and events hold of it: of what is counted the number alone, else all of it. */
    default TraceType asNumber() {
        return switch (this) {
            case Count count -> new Number(Long.BYTES, false);
            case Sum sum -> new Number(Long.BYTES, sum.signed());
            case Extreme extreme -> new Number(Long.BYTES, extreme.signed());
            case Average average when !average.all() -> new Number(Long.BYTES, average.signed());
            default -> this;
        };
    }

    /** What is 64 bits. */
    sealed interface Word extends TraceType {
        @Override
        default int size() {
            return 8;
        }

        @Override
        default int alignment() {
            return 8;
        }
    }

    /** No value: of statements, of calls like {@code printf}. */
    record Nothing() implements TraceType {
        @Override
        public int size() {
            return 0;
        }

        @Override
        public int alignment() {
            return 1;
        }
    }

    /**
     * An integer.
     *
     * @param size 1, 2, 4 or 8
     * @param unsignedSize of what only literals that are not negative made: the bytes these take without a sign, since they go with
     *     unsigned numbers as well; else 0
     */
    record Number(int size, boolean signed, int unsignedSize) implements TraceType {
        /** A number that has its sign for good. */
        public Number(int size, boolean signed) {
            this(size, signed, 0);
        }

        /** Whether it is as well without a sign as with one. */
        public boolean isFree() {
            return unsignedSize > 0;
        }

        @Override
        public int alignment() {
            return size;
        }
    }

    /** {@code true} or {@code false}, a byte of 1 or 0. */
    record Truth() implements TraceType {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public int alignment() {
            return 1;
        }
    }

    /**
     * A text with a zero after it. In keys of maps, zeros follow up to its size; elsewhere anything may.
     *
     * @param size with the zero at the end; a text that was cut has none but the last byte
     */
    record Text(int size) implements TraceType {
        @Override
        public int alignment() {
            return 1;
        }
    }

    /** Bytes of {@code buf()}: a 32-bit count, then as many, then zeros. @param capacity how many fit */
    record Buffer(int capacity) implements TraceType {
        @Override
        public int size() {
            return 4 + capacity;
        }

        @Override
        public int alignment() {
            return 4;
        }
    }

    /** An address. @param target what is there; {@link Nothing} for {@code void *} */
    record Pointer(TraceType target, AddressSpace space) implements Word {}

    /** {@code count} elements one after the other. */
    record Array(TraceType element, int count) implements TraceType {
        @Override
        public int size() {
            return element.size() * count;
        }

        @Override
        public int alignment() {
            return element.alignment();
        }
    }

    /**
     * A structure or union of C, from BTF or from the script. Two are equal if their names and sizes are: members refer to
     * structures again, so they are looked up by name with what made the type.
     *
     * @param name with its keyword: {@code struct task_struct}; of one without a name, any that tells it apart
     */
    record Structure(String name, int size, int alignment) implements TraceType {}

    /** An enumeration of C. @param name with its keyword: {@code enum pid_type} */
    record Enumeration(String name, int size, boolean signed) implements TraceType {
        @Override
        public int alignment() {
            return size;
        }
    }

    /** Values one after the other, each aligned. */
    record Tuple(List<Element> elements, int size) implements TraceType {
        public Tuple {
            elements = List.copyOf(elements);
        }

        /** Lays the elements out in their order, and pads the end. */
        public static Tuple of(List<Named> members) {
            List<Element> laid = new ArrayList<>();
            int offset = 0;
            int alignment = 1;
            for (Named member : members) {
                int own = member.type().alignment();
                offset = (offset + own - 1) / own * own;
                laid.add(new Element(member.name(), member.type(), offset));
                offset += member.type().size();
                alignment = Math.max(alignment, own);
            }
            return new Tuple(laid, (offset + alignment - 1) / alignment * alignment);
        }

        /** What stands for an element of another tuple: that with the same name, without names that at the same place. */
        public Optional<Element> counterpart(Element other, int index) {
            return other.name().isPresent()
                    ? elements.stream()
                            .filter(each -> each.name().equals(other.name()))
                            .findFirst()
                    : Optional.of(elements.get(index))
                            .filter(each -> each.name().isEmpty());
        }

        @Override
        public int alignment() {
            return elements.stream()
                    .mapToInt(each -> each.type().alignment())
                    .max()
                    .orElse(1);
        }
    }

    /** What becomes an element of a tuple. @param name of a record's field, empty in a tuple */
    record Named(Optional<String> name, TraceType type) {}

    /** An element of a tuple. @param offset in bytes */
    record Element(Optional<String> name, TraceType type, int offset) {}

    /**
     * A call stack: 32 bits that say which slot of the stack map, 32 bits of the process's ID (zero for the kernel's), and for a
     * user stack 32 bits of the thread's, and 32 of zero. A negative slot is an errno: the stack was lost.
     *
     * @param map the name in the object of the map of stacks
     * @param limit at most so many frames
     */
    record Stack(AddressSpace space, StackMode mode, int limit, String map) implements TraceType {
        @Override
        public int size() {
            return 16;
        }

        @Override
        public int alignment() {
            return 8;
        }
    }

    /** How the frames of a stack are printed. */
    enum StackMode {
        BPFTRACE,
        RAW,
        PERF,
        /** By the build ID of the file that the code is of, and the place in it: the kernel keeps no addresses then. Of processes only. */
        BUILD_ID;

        /** The bytes of a frame in the map of stacks ({@code struct bpf_stack_build_id}). */
        public int frameBytes() {
            return this == BUILD_ID ? 4 * Long.BYTES : Long.BYTES;
        }

        /** As scripts name it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The mode that scripts name so. */
        public static Optional<StackMode> of(String word) {
            return Arrays.stream(values())
                    .filter(mode -> mode.word().equals(word))
                    .findFirst();
        }

        /** All words, as errors list them. */
        public static List<String> words() {
            return Arrays.stream(values()).map(StackMode::word).toList();
        }
    }

    /** An address that is printed as a symbol: 64 bits; of a process, 32 bits of its ID and 32 bits of zero after it. */
    record Symbol(AddressSpace space) implements TraceType {
        @Override
        public int size() {
            return space == AddressSpace.KERNEL ? 8 : 16;
        }

        @Override
        public int alignment() {
            return 8;
        }
    }

    /** An internet address: 32 bits of the family ({@code AF_INET}, {@code AF_INET6}), then 4 or 16 bytes of {@code capacity}. */
    record InternetAddress(int capacity) implements TraceType {
        @Override
        public int size() {
            return 4 + capacity;
        }

        @Override
        public int alignment() {
            return 4;
        }
    }

    /** A hardware address of six bytes. */
    record HardwareAddress() implements TraceType {
        @Override
        public int size() {
            return 6;
        }

        @Override
        public int alignment() {
            return 1;
        }
    }

    /** A time of {@code strftime}: 64 bits of nanoseconds of its clock. */
    record Timestamp(String format, Clock clock) implements Word {}

    /** The clocks of {@code nsecs}. */
    enum Clock {
        MONOTONIC,
        BOOT,
        TAI,
        SOFTWARE_TAI
    }

    /** A control group, printed as its path: 64 bits of its ID. @param filter which hierarchies; a pattern of the shell */
    record GroupPath(String filter) implements Word {}

    /** The name of a user: 64 bits of the ID. */
    record UserName() implements Word {}

    /** The text of an errno or a signal, or the name of a system call: 32 bits of the number. */
    record NumberName(Names names) implements TraceType {
        /** Which names. */
        public enum Names {
            ERRNO,
            SIGNAL,
            SYSTEM_CALL
        }

        @Override
        public int size() {
            return 4;
        }

        @Override
        public int alignment() {
            return 4;
        }
    }

    /** A value that many calls make together; of a map with a value for each CPU. */
    sealed interface Aggregation extends TraceType {
        @Override
        default int alignment() {
            return 8;
        }
    }

    /** {@code count()}: 64 bits. */
    record Count() implements Aggregation {
        @Override
        public int size() {
            return 8;
        }
    }

    /** {@code sum()}: 64 bits. */
    record Sum(boolean signed) implements Aggregation {
        @Override
        public int size() {
            return 8;
        }
    }

    /** {@code min()} and {@code max()}: 64 bits, then 64 bits that are 1 if there is a value. */
    record Extreme(boolean greatest, boolean signed) implements Aggregation {
        @Override
        public int size() {
            return 16;
        }
    }

    /** {@code avg()} and {@code stats()}: 64 bits of the sum, 64 bits of the count. @param all true for {@code stats()} */
    record Average(boolean all, boolean signed) implements Aggregation {
        @Override
        public int size() {
            return 16;
        }
    }

    /**
     * {@code hist(n, bits)}: 64 bits for each bucket. Bucket 0 is for numbers below 0, 1 for 0; with {@code bits} 0, bucket {@code 2 + i}
     * is for 2^i up to 2^(i+1). With more bits the numbers below 2^bits have a bucket each, then each power of two has 2^bits.
     *
     * @param bits 0 to 5
     */
    record Histogram(int bits) implements Aggregation {
        /** How many buckets there are. */
        public int buckets() {
            return 1 + (1 << bits) + (64 - bits) * (1 << bits);
        }

        @Override
        public int size() {
            return buckets() * 8;
        }
    }

    /** {@code lhist(n, min, max, step)}: 64 bits each for what is below {@code min}, each step, what is {@code max} and above. */
    record LinearHistogram(long min, long max, long step) implements Aggregation {
        /** How many buckets there are. */
        public int buckets() {
            return (int) ((max - min + step - 1) / step) + 2;
        }

        @Override
        public int size() {
            return buckets() * 8;
        }
    }

    /**
     * {@code tseries(n, interval, count)}: for each interval 64 bits of the value, 64 bits of a count or of a time, 64 bits of the number of
     * the interval since the boot; an interval has the slot of its number modulo {@code count}.
     */
    record TimeSeries(long interval, int count, Join join, boolean signed) implements Aggregation {
        /** Bytes of an interval: its value, which comes first, a word about it, and its number. */
        public static final int SLOT = 24;

        /** Where an interval keeps the count of what was added, or the time of the last; 0 if it was never used. */
        public static final int META = 8;

        /** Where an interval keeps its number, counted since the boot. */
        public static final int NUMBER = 16;

        /** How the values of one interval become one. */
        public enum Join {
            LAST,
            AVERAGE,
            GREATEST,
            LEAST,
            SUM
        }

        @Override
        public int size() {
            return count * SLOT;
        }
    }
}
