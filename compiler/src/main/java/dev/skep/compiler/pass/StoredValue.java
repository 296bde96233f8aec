package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Extend;
import dev.skep.compiler.ir.Operation.Load;
import dev.skep.compiler.ir.Operation.Reinterpret;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import java.util.Optional;

/** What a load results in where it is known what was stored there. */
final class StoredValue {
    private StoredValue() {}

    /**
     * What makes of {@code stored}, whose lowest bytes were written there with the width of the load, what {@code load} reads; empty
     * if an integer was written where a pointer of other provenance is read.
     */
    static Optional<Operation> asReadBy(Load load, Value stored) {
        Type from = stored.type();
        Type to = load.type();
        boolean isWhole = load.width() == Int.I64 || (load.width() == Int.I32 && to == Int.I32);
        if (isWhole && from.equals(to)) {
            return Optional.of(Constants.copy(stored));
        }
        if (load.width() == Int.I64) {
            return from.isWide() && to.isWide() ? Optional.of(new Reinterpret(stored, to)) : Optional.empty();
        }
        return from instanceof Int && to instanceof Int type
                ? Optional.of(new Extend(load.width(), load.signed(), stored, type))
                : Optional.empty();
    }
}
