package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation.Load;
import dev.skep.compiler.ir.Operation.Store;
import dev.skep.compiler.ir.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a slot of the frame falls into parts that are always read and written as a whole. */
final class SlotPieces {
    /** A part. @param type of the values it holds: for integers the wider one of those that do */
    record Piece(long offset, int width, Type type) {}

    private SlotPieces() {}

    /**
     * The parts, by the accesses. A constant that is stored over several parts, to clear them, is no obstacle.
     *
     * @return empty if accesses overlap otherwise
     */
    static Optional<List<Piece>> of(List<SlotUses.Access> accesses) {
        List<Piece> pieces = new ArrayList<>();
        List<SlotUses.Access> whole =
                accesses.stream().filter(a -> !isConstantStore(a)).toList();
        for (SlotUses.Access access : whole) {
            boolean isKnown =
                    pieces.stream().anyMatch(p -> p.offset() == access.offset() && p.width() == access.width());
            if (!isKnown) {
                if (pieces.stream().anyMatch(p -> overlaps(p, access))) {
                    return Optional.empty();
                }
                pieces.add(new Piece(access.offset(), access.width(), typeOf(access, whole)));
            }
        }
        boolean constantsFit = accesses.stream()
                .filter(SlotPieces::isConstantStore)
                .allMatch(a -> pieces.stream().allMatch(p -> !overlaps(p, a) || contains(a, p)));
        return constantsFit ? Optional.of(pieces) : Optional.empty();
    }

    private static boolean isConstantStore(SlotUses.Access access) {
        return access.instruction().operation() instanceof Store store
                && store.value() instanceof Constant constant
                && constant.type() instanceof Int;
    }

    static boolean overlaps(Piece piece, SlotUses.Access access) {
        return piece.offset() < access.end() && access.offset() < piece.offset() + piece.width();
    }

    private static boolean contains(SlotUses.Access access, Piece piece) {
        return access.offset() <= piece.offset() && piece.offset() + piece.width() <= access.end();
    }

    private static Type typeOf(SlotUses.Access first, List<SlotUses.Access> accesses) {
        Set<Type> types = new HashSet<>();
        for (SlotUses.Access access : accesses) {
            if (access.offset() == first.offset()) {
                types.add(valueType(access));
            }
        }
        if (types.size() == 1 && (first.width() == Long.BYTES || types.contains(Int.I32))) {
            return types.iterator().next();
        }
        return first.width() == Long.BYTES ? Int.I64 : Int.I32;
    }

    private static Type valueType(SlotUses.Access access) {
        return switch (access.instruction().operation()) {
            case Load load -> load.type();
            case Store store -> store.value().type();
            default -> throw new IllegalStateException("neither a load nor a store: " + access);
        };
    }
}
