package dev.skep.verifier.kernel;

import dev.skep.object.KernelVersion;
import dev.skep.object.program.AttachType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A field of a structure that the verifier translates accesses to.
 *
 * @param name in C
 * @param offset in bytes
 * @param size in bytes, of all elements if it is an array
 * @param reads which loads are allowed
 * @param writes which stores are allowed
 * @param gives what a load gives
 * @param since the first kernel that has the field, if that matters (5.5 and later)
 */
public record StructureField(
        String name,
        int offset,
        int size,
        Extent reads,
        Extent writes,
        ContextAccess gives,
        Optional<KernelVersion> since) {
    private static final ContextAccess NUMBER = new ContextAccess.Number();

    /**
     * Which accesses are allowed, all of which are aligned to their size.
     *
     * @param sizes sum of the sizes allowed, of 1, 2, 4 and 8; 0 for none
     * @param onlyAtStart not into the midst of the field
     * @param overhang bytes by which an access may go beyond the field: into the padding of a 16-bit port
     * @param attachTypes for which expected attach types; empty for all
     * @param capabilities what who loads the program must have for it
     */
    public record Extent(
            int sizes, boolean onlyAtStart, int overhang, Set<AttachType> attachTypes, Set<Capability> capabilities) {
        static final Extent NONE = exactly(0);

        public Extent {
            attachTypes = Set.copyOf(attachTypes);
            capabilities = Set.copyOf(capabilities);
        }

        static Extent exactly(int bytes) {
            return new Extent(bytes, false, 0, Set.of(), Set.of());
        }

        static Extent upTo(int bytes) {
            return exactly(2 * bytes - 1);
        }

        Extent atStart() {
            return new Extent(sizes, true, overhang, attachTypes, capabilities);
        }

        /** Also one of twice the field's size, over the padding that follows it. */
        Extent orWithPadding(int bytes) {
            return new Extent(sizes | bytes, onlyAtStart, bytes / 2, attachTypes, capabilities);
        }

        Extent or(int bytes) {
            return new Extent(sizes | bytes, onlyAtStart, overhang, attachTypes, capabilities);
        }

        Extent when(AttachType first, AttachType... more) {
            return new Extent(sizes, onlyAtStart, overhang, EnumSet.of(first, more), capabilities);
        }

        /** Only for who has this. */
        Extent by(Capability capability) {
            return new Extent(sizes, onlyAtStart, overhang, attachTypes, Set.of(capability));
        }

        boolean allowsSize(int bytes) {
            return (sizes & bytes) != 0;
        }

        boolean isFor(AttachType attachType) {
            return attachTypes.isEmpty() || attachTypes.contains(attachType);
        }
    }

    /** Numbers of 4 bytes; more of them are an array. Read as a whole, not written. */
    static StructureField words(String name, int offset, int count) {
        return new StructureField(name, offset, 4 * count, Extent.exactly(4), Extent.NONE, NUMBER, Optional.empty());
    }

    /** A number of 4 bytes, read as a whole, not written. */
    static StructureField word(String name, int offset) {
        return words(name, offset, 1);
    }

    /** A number of 8 bytes, read as a whole, not written. */
    static StructureField wide(String name, int offset) {
        return pointer(name, offset, NUMBER);
    }

    /** 8 bytes that hold a pointer. */
    static StructureField pointer(String name, int offset, ContextAccess gives) {
        return new StructureField(name, offset, 8, Extent.exactly(8), Extent.NONE, gives, Optional.empty());
    }

    StructureField sized(int bytes) {
        return new StructureField(name, offset, bytes, reads, writes, gives, since);
    }

    StructureField read(Extent extent) {
        return new StructureField(name, offset, size, extent, writes, gives, since);
    }

    /** Parts of its words may be read: {@code bpf_ctx_narrow_access_ok}. */
    StructureField narrow() {
        return read(Extent.upTo(reads.sizes()));
    }

    /** Parts may be read, if they start where it starts. */
    StructureField narrowAtStart() {
        return read(Extent.upTo(reads.sizes()).atStart());
    }

    StructureField readWhen(AttachType first, AttachType... more) {
        return read(reads.when(first, more));
    }

    StructureField unreadable() {
        return read(Extent.NONE);
    }

    StructureField written(Extent extent) {
        return new StructureField(name, offset, size, reads, extent, gives, since);
    }

    StructureField unwritable() {
        return written(Extent.NONE);
    }

    StructureField giving(ContextAccess access) {
        return new StructureField(name, offset, size, reads, writes, access, since);
    }

    StructureField since(String version) {
        return new StructureField(name, offset, size, reads, writes, gives, Optional.of(KernelVersion.of(version)));
    }

    boolean holds(int at) {
        return at >= offset && at < offset + size;
    }

    /** What an access that starts in this field gives; it is aligned. */
    ContextAccess access(int at, int bytes, boolean write, AttachType attachType) {
        Extent extent = write ? writes : reads;
        if (extent.sizes() == 0) {
            return denied(write ? "is not written" : "is not read", " by this type of program");
        }
        if (!extent.isFor(attachType)) {
            return denied(write ? "is not written" : "is not read", " by programs attached as " + attachType);
        }
        if (!extent.allowsSize(bytes) || at + bytes > offset + size + extent.overhang()) {
            return denied("is not accessed by " + bytes + (bytes == 1 ? " byte" : " bytes"), " at offset " + at);
        }
        if (extent.onlyAtStart() && at != offset) {
            return denied("is accessed from its start at offset " + offset, ", not at " + at);
        }
        ContextAccess allowed = write ? NUMBER : gives;
        return extent.capabilities().isEmpty()
                ? allowed
                : new ContextAccess.Restricted(name, extent.capabilities(), allowed);
    }

    private ContextAccess denied(String what, String where) {
        return new ContextAccess.Denied("the field " + name + " " + what + where);
    }
}
