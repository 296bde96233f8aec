package dev.skep.compiler.pass;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Operation.Load;
import dev.skep.compiler.ir.Operation.Store;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Keeps in values what a function would keep in slots of its frame, if nobody else sees them (scalar replacement). */
final class StackPromotion implements Pass {
    @Override
    public boolean run(Function function) {
        boolean changed = false;
        SlotUses uses = new SlotUses(function);
        for (StackSlot slot : uses.contained()) {
            Optional<List<SlotPieces.Piece>> pieces = SlotPieces.of(uses.accesses(slot));
            if (pieces.isPresent() && uses.isRead(slot)) {
                for (SlotPieces.Piece piece : pieces.get()) {
                    new Promotion(function, slot, piece, uses.accesses(slot)).run();
                }
                changed = true;
            }
        }
        return changed;
    }

    /** Of one part of a slot. Its stores stay, to be found dead. */
    private static final class Promotion {
        private final Function function;
        private final SlotPieces.Piece piece;
        private final Map<Instruction, SlotUses.Access> accesses = new HashMap<>();
        private final Map<Instruction, Value> stored = new HashMap<>();
        private final SsaValues values;

        Promotion(Function function, StackSlot slot, SlotPieces.Piece piece, List<SlotUses.Access> all) {
            this.function = function;
            this.piece = piece;
            this.values = new SsaValues(function, ControlFlow.of(function), slot.name(), piece.type());
            for (SlotUses.Access access : all) {
                if (SlotPieces.overlaps(piece, access)) {
                    accesses.put(access.instruction(), access);
                }
            }
        }

        void run() {
            function.blocks().forEach(this::recordStores);
            function.blocks().forEach(this::replaceLoads);
        }

        private void recordStores(Block block) {
            for (Instruction instruction : List.copyOf(block.instructions())) {
                if (instruction.operation() instanceof Store store && accesses.containsKey(instruction)) {
                    Value value = asPiece(instruction, store, block);
                    stored.put(instruction, value);
                    values.writes(block, value);
                }
            }
        }

        /** What a store puts into the part, as a value of the part's type. */
        private Value asPiece(Instruction instruction, Store store, Block block) {
            if (store.value() instanceof Constant constant && constant.type() instanceof Int) {
                long distance = piece.offset()
                        - Objects.requireNonNull(accesses.get(instruction)).offset();
                long number = constant.value() >> (Byte.SIZE * distance);
                if (piece.type() instanceof Int type) {
                    return Constant.of(type, number);
                }
                return number == 0
                        ? new Constant(piece.type(), 0)
                        : before(instruction, new Operation.Reinterpret(Constant.of(number), piece.type()), block);
            }
            if (store.value().type().equals(piece.type())) {
                return store.value();
            }
            Operation converted = piece.type() == Int.I32
                    ? new Operation.Extend(Int.I32, false, store.value(), Int.I32)
                    : new Operation.Reinterpret(store.value(), piece.type());
            return before(instruction, converted, block);
        }

        private static Instruction before(Instruction instruction, Operation operation, Block block) {
            Instruction added = new Instruction(operation, instruction.position());
            block.instructions().add(block.instructions().indexOf(instruction), added);
            return added;
        }

        private void replaceLoads(Block block) {
            Optional<Value> current = Optional.empty();
            for (Instruction instruction : block.instructions()) {
                if (!accesses.containsKey(instruction)) {
                    continue;
                }
                if (instruction.operation() instanceof Load load) {
                    Value value = current.isPresent() ? current.get() : values.atStart(block);
                    current = Optional.of(value);
                    instruction.replace(StoredValue.asReadBy(load, value).orElseThrow());
                } else {
                    current = Optional.ofNullable(stored.get(instruction));
                }
            }
        }
    }
}
