package dev.skep.object.btf;

import dev.skep.object.InputException;
import dev.skep.object.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A set of BTF types addressed by id; id 0 is {@code void}. Immutable, compared by content.
 *
 * <p>Split BTF (a kernel module's) continues the ids and strings of its base.
 *
 * <p>The bytes of the section, or those looked at so far, are all that is held, with one {@code int} for each type that says where it starts: a
 * {@link BtfType} is made anew each time it is asked for, and names are indexed when many have been searched. So the
 * kernel's BTF of 5.5 MB is ready in milliseconds and costs half a megabyte besides its bytes, a megabyte with the index.
 */
public final class Btf {
    /** No types but void. */
    public static final Btf EMPTY = new Btf(null, BtfSection.empty());

    private static final BtfType VOID = new BtfType.Void();
    private static final int MAXIMUM_CHAIN = 32;

    private final @Nullable Btf base;
    private final BtfSection section;
    private final int firstId;
    private final int firstString;
    private final NameSearch names = new NameSearch(this);
    private volatile @Nullable Containing containing;

    private Btf(@Nullable Btf base, BtfSection section) {
        this.base = base;
        this.section = section;
        this.firstId = base == null ? 1 : base.typeCount();
        this.firstString = base == null ? 0 : base.stringLimit();
    }

    /**
     * Reads a {@code .BTF} section and checks all of it: every type by itself, and that types refer to types of the kinds
     * they may refer to without going in circles. Both byte orders are read.
     *
     * @param raw the section's bytes, copied
     * @throws InputException naming the offset and the type if anything is wrong
     */
    public static Btf read(byte[] raw, Location where) {
        Btf btf = open(raw.clone(), where);
        new BtfVerification(btf).run();
        return btf;
    }

    /** Reads and checks, as {@link #read(byte[], Location)}, the BTF that continues {@code base}. */
    public static Btf readSplit(Btf base, byte[] raw, Location where) {
        Btf btf = openSplit(base, raw.clone(), where);
        new BtfVerification(btf).run();
        return btf;
    }

    /**
     * Opens a large section from a trusted place, the running kernel's above all: only the header and where each type
     * starts and ends are checked now. What a type says is checked whenever it is decoded, so that any method that
     * looks at types may throw {@link InputException} then.
     *
     * @param raw the section's bytes; they are used where they are, so the caller must leave them alone from now on
     * @throws InputException if the header or the extent of a type is wrong
     */
    public static Btf open(byte[] raw, Location where) {
        return new Btf(null, BtfSection.read(raw, 0, where));
    }

    /**
     * Opens, as {@link #open(byte[], Location)}, a section that is not in an array: what is looked at is copied from {@code source} and
     * kept, so that who wants a few types of the kernel's 5.5 MB pays for a few pages of 4 KiB, and for half a megabyte that says where
     * each type starts.
     *
     * @throws InputException if the header or the extent of a type is wrong
     */
    public static Btf open(ByteSource source, Location where) {
        return new Btf(null, BtfSection.read(source, where));
    }

    /** Opens, as {@link #open(byte[], Location)}, the BTF that continues {@code base}. */
    public static Btf openSplit(Btf base, byte[] raw, Location where) {
        return new Btf(base, BtfSection.read(raw, base.stringLimit(), where));
    }

    /**
     * Types with ids 1, 2, 3 ... in the order of {@code types}.
     *
     * @throws IllegalArgumentException if a type cannot be written as BTF: a name with a NUL, a number too large for its
     *     field. That ids exist is checked when a type is asked for.
     */
    public static Btf of(List<BtfType> types) {
        return open(new BtfWriter(types).write(), Location.in("BTF"));
    }

    /** Types that continue {@code base}: their ids start at {@code base.typeCount()}. Strings of the base are reused. */
    public static Btf ofSplit(Btf base, List<BtfType> types) {
        return openSplit(base, new BtfWriter(base, types).write(), Location.in("BTF"));
    }

    /**
     * This BTF as the bytes of a {@code .BTF} section: little-endian, every string once, in the order of first use. The
     * same types give the same bytes; reading them gives an equal BTF. Split BTF is written without its base.
     */
    public byte[] write() {
        return writer().write();
    }

    /** The bytes of this section itself with further strings behind its own. @param strings each with its NUL */
    byte[] withMoreStrings(byte[] strings) {
        return section.withMoreStrings(strings);
    }

    /** A writer loaded with all types, to which more strings can be added. */
    BtfWriter writer() {
        List<BtfType> types =
                IntStream.range(firstId, typeCount()).mapToObj(this::type).toList();
        return base == null ? new BtfWriter(types) : new BtfWriter(base, types);
    }

    /** The number of ids in use, void and those of the base included: valid ids are {@code 0..typeCount()-1}. */
    public int typeCount() {
        return firstId + section.typeCount();
    }

    /** The BTF that this one continues, if it is split. */
    public Optional<Btf> base() {
        return Optional.ofNullable(base);
    }

    /** The lowest id of this BTF itself: 1, or for split BTF the number of ids of its base. */
    public int firstId() {
        return firstId;
    }

    /** Where the section came from, for messages about what it says. */
    public Location where() {
        return section.where();
    }

    /**
     * The type with this id, decoded from the bytes on every call.
     *
     * @throws IndexOutOfBoundsException if there is no such id
     * @throws InputException if the bytes of the type make no sense (only after {@link #open}, see there)
     */
    public BtfType type(int id) {
        if (id == 0) {
            return VOID;
        }
        if (base != null && id < firstId) {
            return base.type(id);
        }
        return new TypeDecoder(this, section, id, offset(id)).decode();
    }

    /** The kind of a type, without decoding the rest of it; {@link BtfKind#UNKN} for void. */
    public BtfKind kind(int id) {
        if (id == 0) {
            return BtfKind.UNKN;
        }
        if (base != null && id < firstId) {
            return base.kind(id);
        }
        return BtfKind.of(section.kind(offset(id))).orElse(BtfKind.UNKN);
    }

    /** The name of a type, without decoding the rest of it; "" if it has none. */
    public String name(int id) {
        return id == 0 ? "" : nameAt(nameOffset(id));
    }

    /** The ids of all types with exactly this name, ascending. "" finds nothing. */
    public List<Integer> idsNamed(String name) {
        List<Integer> ids = new ArrayList<>(base == null ? List.of() : base.idsNamed(name));
        for (int id : names.find(name)) {
            ids.add(id);
        }
        return Collections.unmodifiableList(ids);
    }

    /**
     * The ids of the types of this BTF itself, not of its base, whose names contain {@code part}, ascending. Looks at every
     * name, which takes a millisecond or two for a kernel's, unless the last one asked for was the same.
     */
    public List<Integer> idsWithNameContaining(String part) {
        Containing last = containing;
        if (last == null || !last.part.equals(part)) {
            last = new Containing(
                    part, Arrays.stream(names.findContaining(part)).boxed().toList());
            containing = last;
        }
        return last.ids;
    }

    /** What was found. Objects are fitted to a kernel one after the other, and all ask for the same part: {@code ___}. */
    private record Containing(String part, List<Integer> ids) {}

    /** The lowest id of a type with this name and record class, for example {@code find("task_struct", Composite.class)}. */
    public OptionalInt find(String name, Class<? extends BtfType> kind) {
        for (int id : idsNamed(name)) {
            if (kind.isInstance(type(id))) {
                return OptionalInt.of(id);
            }
        }
        return OptionalInt.empty();
    }

    /** {@code id} with typedefs, qualifiers and type tags taken off, 32 of them at most as in libbpf. */
    public int strip(int id) {
        int at = id;
        for (int steps = 0; steps < MAXIMUM_CHAIN; steps++) {
            switch (type(at)) {
                case BtfType.Typedef t -> at = t.target();
                case BtfType.Qualified t -> at = t.target();
                case BtfType.TypeTag t -> at = t.target();
                default -> {
                    return at;
                }
            }
        }
        return at;
    }

    /** The bytes of this section itself. */
    byte[] copyOfBytes() {
        return section.copyOfBytes();
    }

    /** The same with bytes in which numbers have changed, but nothing has moved. @param bytes kept */
    Btf withBytes(byte[] bytes) {
        return new Btf(base, section.withBytes(bytes));
    }

    /** How many members, parameters, variables ... a type of this BTF itself has. */
    int entries(int id) {
        return section.word(offset(id) + 4) & 0xffff;
    }

    /** The id that a type of this BTF itself refers to, if it is of a kind that refers to just one. */
    int target(int id) {
        return section.word(offset(id) + 8);
    }

    /** Where in the section a type of this BTF itself starts. */
    int offset(int id) {
        return section.typeOffset(id - firstId);
    }

    /** The offset of a type's name in the strings of this BTF and its base. */
    int nameOffset(int id) {
        return (base != null && id < firstId) ? base.nameOffset(id) : section.word(offset(id));
    }

    /** The bytes of the strings of this BTF and its base. */
    int stringLimit() {
        return firstString + section.stringLength();
    }

    /** The name at an offset below {@link #stringLimit()}. @throws InputException if it is longer than names may be */
    String nameAt(int offset) {
        if (offset == 0) {
            return "";
        }
        return (base != null && offset < firstString) ? base.nameAt(offset) : section.name(offset - firstString);
    }

    /**
     * The string at an offset in the strings of this BTF and its base, however long: the kernel's records of source lines name
     * files and lines so.
     *
     * @throws IndexOutOfBoundsException if the offset is outside the strings
     */
    public String string(int offset) {
        return (base != null && offset < firstString) ? base.string(offset) : section.string(offset - firstString);
    }

    /** Bytes of the string at an offset below {@link #stringLimit()}. */
    int stringLength(int offset) {
        return (base != null && offset < firstString)
                ? base.stringLength(offset)
                : section.stringLength(offset - firstString);
    }

    /** Whether the name of a type of this BTF itself is exactly {@code text}, which has no NUL. */
    boolean nameEquals(int id, byte[] text) {
        int name = section.word(offset(id));
        return (base != null && name < firstString)
                ? base.stringEquals(name, text)
                : section.stringEquals(name - firstString, text);
    }

    private boolean stringEquals(int offset, byte[] text) {
        return (base != null && offset < firstString)
                ? base.stringEquals(offset, text)
                : section.stringEquals(offset - firstString, text);
    }

    /** {@link BtfSection#stringContains} over this BTF and its base. */
    boolean stringContains(int offset, byte[] text) {
        return (base != null && offset < firstString)
                ? base.stringContains(offset, text)
                : section.stringContains(offset - firstString, text);
    }

    /** The ids of the types of this BTF itself, which has no base, with this name: see {@link NameSearch}. */
    int[] findNames(byte[] text) {
        int[] found = section.findNames(text);
        for (int i = 0; i < found.length; i++) {
            found[i] += firstId;
        }
        return found;
    }

    /** {@link BtfSection#nameHash} over this BTF and its base. */
    int nameHash(int offset) {
        return (base != null && offset < firstString) ? base.nameHash(offset) : section.nameHash(offset - firstString);
    }

    /** Equal if the types are, id by id, and the bases are; where the bytes came from does not matter. */
    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Btf btf) || typeCount() != btf.typeCount() || !base().equals(btf.base())) {
            return false;
        }
        return section.sameBytes(btf.section)
                || IntStream.range(firstId, typeCount()).allMatch(id -> type(id).equals(btf.type(id)));
    }

    @Override
    public int hashCode() {
        int hash = typeCount();
        for (int id = firstId; id < typeCount(); id++) {
            hash = hash * 31 + kind(id).ordinal();
            hash = hash * 31 + (nameOffset(id) == 0 ? 0 : nameHash(nameOffset(id)));
        }
        return hash;
    }

    /** For example {@code BTF of 412 types}. */
    @Override
    public String toString() {
        return "BTF of " + (typeCount() - 1) + " types";
    }
}
