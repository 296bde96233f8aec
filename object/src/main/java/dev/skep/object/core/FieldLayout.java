package dev.skep.object.core;

import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.CoreRelocationKind;

/**
 * Where a field lies and how it is read (libbpf, {@code bpf_core_calc_field_relo}).
 *
 * @param byteOffset of the smallest aligned load that covers the field
 * @param byteSize of that load; of a field that is no bitfield its own size
 * @param bitOffset of the field @param bitSize of the field
 * @param signed reading it extends its sign
 * @param bitfield it is a bitfield, for which compilers choose loads differently
 * @param accessSize bytes that one load or store of it takes: of an array those of an element; 0 for bitfields
 * @param accessType id of its type, stripped; 0 for bitfields
 */
record FieldLayout(
        long byteOffset,
        long byteSize,
        long bitOffset,
        long bitSize,
        boolean signed,
        boolean bitfield,
        long accessSize,
        int accessType) {

    /** libbpf computes shifts in 32 unsigned bits, which shows for fields longer than 8 bytes. */
    private static final long UNSIGNED = 0xffff_ffffL;

    /** @throws CoreFailure if no load of up to 8 bytes covers the field, or its type has no size */
    static FieldLayout of(AccessSpec spec) {
        return switch (spec.last()) {
            case AccessSpec.Element element -> plain(spec, element.typeId());
            case AccessSpec.Named named -> {
                BtfType.Composite composite = (BtfType.Composite) spec.space().type(named.typeId());
                BtfType.Member member = composite.members().get(named.index());
                yield member.bitfieldSize() > 0
                        ? bitfield(spec, member)
                        : plain(spec, spec.space().strip(member.type()));
            }
        };
    }

    /** The number that a relocation of {@code kind} puts into the instruction, on a little-endian machine. */
    long value(CoreRelocationKind kind) {
        return switch (kind) {
            case FIELD_BYTE_OFFSET -> byteOffset;
            case FIELD_BYTE_SIZE -> byteSize;
            case FIELD_SIGNED -> signed ? 1 : 0;
            case FIELD_LSHIFT_U64 -> (64 - (bitOffset + bitSize - byteOffset * 8)) & UNSIGNED;
            case FIELD_RSHIFT_U64 -> (64 - bitSize) & UNSIGNED;
            default -> throw new IllegalArgumentException(kind + " does not ask for a field's place");
        };
    }

    private static FieldLayout plain(AccessSpec spec, int typeId) {
        TypeSpace space = spec.space();
        long size = space.size(typeId);
        long accessSize =
                spec.kind() == CoreRelocationKind.FIELD_BYTE_OFFSET ? space.size(space.innermostElement(typeId)) : 0;
        return new FieldLayout(
                spec.bitOffset() / 8,
                size,
                spec.bitOffset(),
                size * 8,
                isSigned(space.type(typeId)),
                false,
                accessSize,
                typeId);
    }

    private static FieldLayout bitfield(AccessSpec spec, BtfType.Member member) {
        TypeSpace space = spec.space();
        int typeId = space.strip(member.type());
        long bitOffset = spec.bitOffset();
        long bitSize = member.bitfieldSize();
        long byteSize = space.size(typeId);
        if (byteSize == 0) {
            throw new CoreFailure("bitfield " + spec.subject() + " has a type without size", "the BTF is damaged");
        }
        long byteOffset = bitOffset / 8 / byteSize * byteSize;
        while (bitOffset + bitSize - byteOffset * 8 > byteSize * 8) {
            if (byteSize >= 8) {
                throw new CoreFailure(
                        "bitfield " + spec.subject() + " of " + space.name() + " spans more than 8 aligned bytes",
                        "it cannot be read with one load; read its bytes with bpf_probe_read_kernel");
            }
            byteSize *= 2;
            byteOffset = bitOffset / 8 / byteSize * byteSize;
        }
        return new FieldLayout(byteOffset, byteSize, bitOffset, bitSize, isSigned(space.type(typeId)), true, 0, 0);
    }

    private static boolean isSigned(BtfType type) {
        return switch (type) {
            case BtfType.Int integer -> integer.signed();
            case BtfType.Enumeration enumeration -> enumeration.signed();
            default -> false;
        };
    }
}
