package dev.skep.object.btf.dump;

import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.TypeReferences;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Puts definitions in an order that C accepts: whatever a type needs in full comes before it. What is only pointed to needs
 * no more than a forward declaration, so that pointers to named structs are not followed. The order is libbpf's.
 */
final class DefinitionOrder {
    private final Btf btf;
    private final WorkLimit limit;
    private final BitSet ordering = new BitSet();
    private final BitSet ordered = new BitSet();
    private final BitSet referenced = new BitSet();
    private List<Integer> queue = new ArrayList<>();

    DefinitionOrder(Btf btf, WorkLimit limit) {
        this.btf = btf;
        this.limit = limit;
        ordered.set(0);
        for (int id = 1; id < btf.typeCount(); id++) {
            if (btf.kind(id) == BtfKind.FUNC_PROTO) {
                ((BtfType.FunctionPrototype) btf.type(id)).parameters().forEach(p -> referenced.set(p.type()));
            } else {
                TypeReferences.forEach(btf.type(id), referenced::set);
            }
        }
    }

    /**
     * The types that must be defined for {@code id}, itself included if it can be, that no earlier call gave.
     *
     * @throws InputException if types need each other in a circle
     */
    List<Integer> upTo(int id) {
        queue = new ArrayList<>();
        order(id, false, 0);
        return queue;
    }

    /**
     * Orders what {@code id} needs.
     *
     * @param throughPointer only a pointer to it is needed
     * @return whether a complete definition of it is certain to be in the order
     */
    private boolean order(int id, boolean throughPointer, int depth) {
        limit.step(id, depth);
        if (ordered.get(id)) {
            return true;
        }
        BtfType type = btf.type(id);
        if (ordering.get(id)) {
            if (type instanceof BtfType.Composite
                    && throughPointer
                    && !type.name().isEmpty()) {
                return false;
            }
            throw new InputException(
                    btf.where(),
                    "BTF type " + id + " (" + BtfKind.of(type) + " '" + type.name() + "') needs itself to be complete",
                    "");
        }
        return switch (type) {
            case BtfType.Pointer t -> {
                boolean complete = order(t.target(), true, depth + 1);
                ordered.set(id);
                yield complete;
            }
            case BtfType.Array t -> order(t.element(), false, depth + 1);
            case BtfType.Composite t -> composite(id, t, throughPointer, depth);
            case BtfType.Enumeration _, BtfType.Forward _ -> {
                // An anonymous enumeration that something refers to is written out there.
                if (!type.name().isEmpty() || !referenced.get(id)) {
                    queue.add(id);
                }
                ordered.set(id);
                yield true;
            }
            case BtfType.Typedef t -> typedef(id, t, throughPointer, depth);
            case BtfType.Qualified t -> order(t.target(), throughPointer, depth + 1);
            case BtfType.TypeTag t -> order(t.target(), throughPointer, depth + 1);
            case BtfType.FunctionPrototype t -> prototype(t, throughPointer, depth);
            case BtfType.Void _,
                    BtfType.Int _,
                    BtfType.Float _,
                    BtfType.Function _,
                    BtfType.Variable _,
                    BtfType.DataSection _,
                    BtfType.DeclarationTag _ -> {
                ordered.set(id);
                yield false;
            }
        };
    }

    private boolean composite(int id, BtfType.Composite type, boolean throughPointer, int depth) {
        if (throughPointer && !type.name().isEmpty()) {
            return false;
        }
        ordering.set(id);
        for (BtfType.Member member : type.members()) {
            order(member.type(), false, depth + 1);
        }
        if (!type.name().isEmpty()) {
            queue.add(id);
        }
        ordering.clear(id);
        ordered.set(id);
        return true;
    }

    private boolean typedef(int id, BtfType.Typedef type, boolean throughPointer, int depth) {
        boolean complete = order(type.target(), throughPointer, depth + 1);
        if (throughPointer && !complete) {
            return false;
        }
        queue.add(id);
        ordered.set(id);
        return true;
    }

    private boolean prototype(BtfType.FunctionPrototype type, boolean throughPointer, int depth) {
        boolean complete = order(type.returnType(), throughPointer, depth + 1);
        for (BtfType.Parameter parameter : type.parameters()) {
            complete |= order(parameter.type(), throughPointer, depth + 1);
        }
        return complete;
    }
}
