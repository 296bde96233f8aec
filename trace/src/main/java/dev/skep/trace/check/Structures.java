package dev.skep.trace.check;

import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.system.Tracepoints;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The structures that scripts may look into: what tracepoints record, what the kernel's BTF describes, what a script defines. */
public final class Structures {
    private final TraceSystem system;
    private final Map<String, List<Member>> known = new HashMap<>();

    /** Those of a machine. */
    public Structures(TraceSystem system) {
        this.system = system;
    }

    /**
     * A member of a structure.
     *
     * @param offset in bytes from the structure's start
     * @param bits for a bitfield, where its bits are in the number of {@code type.size()} bytes at {@code offset}
     * @param location of arrays in records of tracepoints
     */
    public record Member(String name, TraceType type, int offset, Optional<Bits> bits, Tracepoints.Location location) {}

    /** Bits of a number. @param shift how many are below them @param count how many they are */
    public record Bits(int shift, int count) {}

    /** The members of a structure, in order; none if it is not known. */
    public List<Member> members(TraceType.Structure structure) {
        return known.getOrDefault(structure.name(), List.of());
    }

    /** A member of a structure. */
    public Optional<Member> member(TraceType.Structure structure, String name) {
        return members(structure).stream()
                .filter(member -> member.name().equals(name))
                .findFirst();
    }

    /** What a tracepoint records; empty if there is no such tracepoint. */
    Optional<TraceType.Structure> tracepoint(String category, String event) {
        return system.tracepoints().format(category, event).map(this::define);
    }

    private TraceType.Structure define(Tracepoints.Format format) {
        String name = "struct _tracepoint_" + format.name().category() + "_"
                + format.name().event();
        AddressSpace space = format.name().category().startsWith("syscalls") ? AddressSpace.USER : AddressSpace.KERNEL;
        known.computeIfAbsent(
                name,
                n -> format.fields().stream().map(field -> member(field, space)).toList());
        int size = format.fields().stream()
                .mapToInt(field -> field.offset() + field.size())
                .max()
                .orElse(0);
        return new TraceType.Structure(name, (size + 7) & -8, 8);
    }

    private static Member member(Tracepoints.Field field, AddressSpace space) {
        return new Member(
                field.name(), RecordedType.of(field, space), field.offset(), Optional.empty(), field.location());
    }
}
