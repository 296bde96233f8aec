package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Atomic;
import dev.skep.compiler.ir.Operation.CompareAndExchange;
import dev.skep.compiler.ir.Operation.Load;
import dev.skep.compiler.ir.Operation.PointerAdd;
import dev.skep.compiler.ir.Operation.PointerDifference;
import dev.skep.compiler.ir.Operation.Reinterpret;
import dev.skep.compiler.ir.Operation.Store;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;

/** The algebra of addresses: constant distances are added up, and go into the offsets of accesses. */
final class PointerRules {
    private PointerRules() {}

    /** An address as a value and a constant distance from it. */
    record Place(Value base, long offset) {}

    /** Takes constant distances off {@code address}, and what only calls it another kind of pointer. */
    static Place place(Value address) {
        Value base = address;
        long offset = 0;
        while (base instanceof Instruction i) {
            if (i.operation() instanceof PointerAdd add && add.offset() instanceof Constant distance) {
                base = add.pointer();
                offset += distance.value();
            } else if (i.operation() instanceof Reinterpret same && same.value().type() instanceof Pointer) {
                base = same.value();
            } else {
                break;
            }
        }
        return new Place(base, offset);
    }

    static Operation simplify(PointerAdd add) {
        if (!(add.offset() instanceof Constant distance)) {
            return add;
        }
        if (distance.value() == 0) {
            return new Reinterpret(add.pointer(), add.type());
        }
        return add.pointer() instanceof Instruction i
                        && i.operation() instanceof PointerAdd inner
                        && inner.offset() instanceof Constant before
                ? new PointerAdd(inner.pointer(), Constant.of(before.value() + distance.value()), add.type())
                : add;
    }

    static Operation simplify(PointerDifference difference) {
        Place left = place(difference.left());
        Place right = place(difference.right());
        return left.base().equals(right.base())
                ? Constants.number(difference.type(), left.offset() - right.offset())
                : difference;
    }

    /** Offsets that are relocated stay as they are. */
    static Operation simplify(Load load) {
        Place place = place(load.address());
        return load.field().isEmpty() && isOffset(place, load.offset())
                ? new Load(
                        place.base(),
                        load.offset() + (int) place.offset(),
                        load.width(),
                        load.signed(),
                        load.type(),
                        load.field())
                : load;
    }

    static Operation simplify(Store store) {
        Place place = place(store.address());
        Value lowest = ConversionRules.lowest(store.value(), store.width());
        if (!lowest.equals(store.value())) {
            return new Store(store.address(), store.offset(), store.width(), lowest, store.field());
        }
        return store.field().isEmpty() && isOffset(place, store.offset())
                ? new Store(
                        place.base(),
                        store.offset() + (int) place.offset(),
                        store.width(),
                        store.value(),
                        store.field())
                : store;
    }

    static Operation simplify(Atomic atomic) {
        Place place = place(atomic.address());
        return isOffset(place, atomic.offset())
                ? new Atomic(
                        atomic.operator(),
                        place.base(),
                        atomic.offset() + (int) place.offset(),
                        atomic.value(),
                        atomic.fetch())
                : atomic;
    }

    static Operation simplify(CompareAndExchange exchange) {
        Place place = place(exchange.address());
        return isOffset(place, exchange.offset())
                ? new CompareAndExchange(
                        place.base(),
                        exchange.offset() + (int) place.offset(),
                        exchange.expected(),
                        exchange.replacement())
                : exchange;
    }

    /** True if the sum fits the 16 bits that instructions have for it. */
    private static boolean isOffset(Place place, int offset) {
        long sum = place.offset() + offset;
        return sum == (short) sum;
    }
}
