package dev.skep.trace.print;

import dev.skep.object.Bytes;
import dev.skep.trace.plan.PlannedMap;
import dev.skep.trace.plan.PlannedTypes;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes values of their bytes, as {@link TraceType} says they are laid out. */
public final class Decoder {
    static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final PlannedTypes types;
    private final Settings settings;
    private final Surroundings surroundings;
    private final Standing standing;

    /** @param settings how long texts can be, and what follows one that was cut */
    public Decoder(PlannedTypes types, Settings settings, Surroundings surroundings) {
        this.types = types;
        this.settings = settings;
        this.surroundings = surroundings;
        this.standing = new Standing(surroundings);
    }

    /** The value at {@code at}; aggregations are those of one CPU. */
    public Value decode(TraceType type, MemorySegment memory, long at) {
        return switch (type) {
            case TraceType.Nothing _ -> new Value.Missing();
            case TraceType.Number number ->
                new Value.Number(number(memory, at, number.size(), number.signed()), number.signed());
            case TraceType.Truth _ -> new Value.Truth(memory.get(ValueLayout.JAVA_BYTE, at) != 0);
            case TraceType.Text text -> new Value.Text(text(memory, at, text.size()));
            case TraceType.Buffer buffer -> new Value.Buffer(buffer(buffer, memory, at));
            case TraceType.Pointer _ -> new Value.Address(memory.get(I64, at));
            case TraceType.Array array -> array(array, memory, at);
            case TraceType.Structure structure -> structure(structure, memory, at);
            case TraceType.Enumeration enumeration ->
                named(enumeration, number(memory, at, enumeration.size(), enumeration.signed()));
            case TraceType.Tuple tuple -> tuple(tuple, memory, at);
            case TraceType.Aggregation aggregation -> aggregate(aggregation, List.of(memory.asSlice(at)), 1);
            case TraceType.Stack stack -> standing.stack(stack, memory, at);
            case TraceType.Symbol symbol -> standing.symbol(symbol, memory, at);
            case TraceType.InternetAddress _ -> standing.internetAddress(memory, at);
            case TraceType.HardwareAddress _ -> standing.hardwareAddress(memory, at);
            case TraceType.Timestamp timestamp -> standing.time(timestamp, memory.get(I64, at));
            case TraceType.GroupPath path -> standing.groupPath(path, memory.get(I64, at));
            case TraceType.UserName _ -> standing.userName(memory.get(I64, at));
            case TraceType.NumberName name -> standing.numberName(name, memory.get(I32, at));
        };
    }

    /** Appends a value as text. */
    public void appendText(TraceType type, MemorySegment memory, long at, TextBuffer out) {
        ValueText.append(decode(type, memory, at), out);
    }

    /** What follows a text that was cut. */
    String trailer() {
        return settings.truncationTrailer();
    }

    /** What all CPUs have of an aggregation. @param parts each CPU's value @param divisor of numbers; 1 for none */
    public Value aggregate(TraceType.Aggregation type, List<MemorySegment> parts, long divisor) {
        Value value = Aggregations.value(type, parts, divisor);
        return value instanceof Value.Series series ? onWallClock(series) : value;
    }

    /**
     * What a map holds, in the order in which it is shown.
     *
     * @param top how many entries are shown, the greatest; 0 for all
     * @param divisor of numbers; 1 for none
     */
    public MapContent map(PlannedMap plan, List<RawEntry> entries, long top, long divisor) {
        return new MapDecoder(this, plan).decode(entries, top, divisor);
    }

    /** Its times count from the boot. */
    Value.Series onWallClock(Value.Series series) {
        return new Value.Series(
                series.points().stream()
                        .map(point -> new Value.Point(
                                surroundings.wallClock(TraceType.Clock.BOOT, point.start()), point.value()))
                        .toList(),
                series.interval());
    }

    /** A number of 1, 2, 4 or 8 bytes. */
    static long number(MemorySegment memory, long at, int size, boolean signed) {
        return switch (size) {
            case 1 -> {
                byte value = memory.get(ValueLayout.JAVA_BYTE, at);
                yield signed ? value : value & 0xff;
            }
            case 2 -> {
                short value = memory.get(I16, at);
                yield signed ? value : value & 0xffff;
            }
            case 4 -> {
                int value = memory.get(I32, at);
                yield signed ? value : Integer.toUnsignedLong(value);
            }
            default -> memory.get(I64, at);
        };
    }

    /** How many bytes a text has in front of its zero. */
    static int textLength(MemorySegment memory, long at, int size) {
        int length = 0;
        while (length < size && memory.get(ValueLayout.JAVA_BYTE, at + length) != 0) {
            length++;
        }
        return length;
    }

    /** Whether a text was cut: it is as long as texts can be. One byte of its size is the zero's. */
    boolean isCut(int length, int size) {
        return size == settings.maxStringLength() && length >= size - 1;
    }

    private String text(MemorySegment memory, long at, int size) {
        int length = textLength(memory, at, size);
        byte[] bytes = memory.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
        String text = LooseText.decode(bytes);
        return isCut(length, size) ? text + trailer() : text;
    }

    static Bytes buffer(TraceType.Buffer type, MemorySegment memory, long at) {
        int length = Math.clamp(memory.get(I32, at), 0, type.capacity());
        return Bytes.of(memory.asSlice(at + Integer.BYTES, length).toArray(ValueLayout.JAVA_BYTE));
    }

    private Value array(TraceType.Array type, MemorySegment memory, long at) {
        if (type.element() instanceof TraceType.Number(int size, boolean signed, int _) && size == 1 && signed) {
            return new Value.Text(text(memory, at, type.count())); // char[]
        }
        List<Value> elements = new ArrayList<>();
        for (int i = 0; i < type.count(); i++) {
            elements.add(decode(
                    type.element(), memory, at + (long) i * type.element().size()));
        }
        return new Value.Sequence(elements);
    }

    private Value tuple(TraceType.Tuple type, MemorySegment memory, long at) {
        boolean isRecord =
                type.elements().stream().anyMatch(element -> element.name().isPresent());
        if (!isRecord) {
            return new Value.Tuple(type.elements().stream()
                    .map(element -> decode(element.type(), memory, at + element.offset()))
                    .toList());
        }
        return new Value.Members(type.elements().stream()
                .map(element -> new Value.Member(
                        element.name().orElse(""), decode(element.type(), memory, at + element.offset())))
                .toList());
    }

    private Value structure(TraceType.Structure type, MemorySegment memory, long at) {
        List<Value.Member> members = new ArrayList<>();
        for (PlannedTypes.Member member : types.structures().getOrDefault(type.name(), List.of())) {
            Value value =
                    member.bits() > 0 ? bits(member, memory, at) : decode(member.type(), memory, at + member.offset());
            if (member.name().isEmpty() && value instanceof Value.Members(List<Value.Member> inner)) {
                members.addAll(inner); // C lets them be named as if they were the outer one's
            } else {
                members.add(new Value.Member(member.name(), value));
            }
        }
        return new Value.Members(members);
    }

    /** A bit field. */
    private Value bits(PlannedTypes.Member member, MemorySegment memory, long at) {
        int size = member.type().size();
        long raw = number(memory, at + member.offset(), size, false) >>> member.bit();
        int unused = Long.SIZE - member.bits();
        return switch (member.type()) {
            case TraceType.Enumeration enumeration -> named(enumeration, widened(raw, unused, enumeration.signed()));
            case TraceType.Truth _ -> new Value.Truth(widened(raw, unused, false) != 0);
            case TraceType.Number number -> new Value.Number(widened(raw, unused, number.signed()), number.signed());
            default -> new Value.Missing();
        };
    }

    private static long widened(long raw, int unused, boolean signed) {
        return signed ? (raw << unused) >> unused : (raw << unused) >>> unused;
    }

    private Value named(TraceType.Enumeration type, long value) {
        String name = types.enumerations().getOrDefault(type.name(), Map.of()).get(value);
        return name == null ? new Value.Number(value, type.signed()) : new Value.Named(name, value);
    }

    /** Whether addresses of a stack are of the kernel. */
    static boolean isKernel(AddressSpace space) {
        return space != AddressSpace.USER;
    }
}
