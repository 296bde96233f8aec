package dev.skep.trace.code;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import dev.skep.object.program.HelperId;
import java.util.List;
import java.util.Optional;

/**
 * Memory for what does not fit a program's stack: a part of a map's value that each CPU has for itself. It is looked up once, where
 * the program starts, and only if something needs it.
 */
final class Scratch {
    private final Unit unit;
    private final Block block;
    private final Position position;
    private final Instruction found;
    private final Space space;
    private boolean isUsed;

    /** How much of the memory the functions of a program have taken. */
    static final class Space {
        private int used;
    }

    /** @param block an empty block before everything that may need memory; it goes on with {@code next} */
    Scratch(Unit unit, Space space, Block block, Position position) {
        this.space = space;
        this.unit = unit;
        this.block = block;
        this.position = position;
        this.found = new Instruction(
                new Operation.CallHelper(
                        HelperId.MAP_LOOKUP_ELEM, List.of(), Pointer.nullable(Pointer.Provenance.MAP_VALUE)),
                position);
    }

    /** New bytes: their distance from {@link #start()}, a multiple of 8. */
    int take(int bytes) {
        int offset = space.used;
        space.used += (bytes + 7) & -8;
        unit.useScratch(space.used);
        isUsed = true;
        return offset;
    }

    /** What the program's functions share. */
    Space space() {
        return space;
    }

    /** Where the memory starts. */
    Value start() {
        isUsed = true;
        return found;
    }

    /** To be called last: completes the start, which goes on with {@code next} or, if there is no memory, with {@code exit}. */
    void finish(Block next, Block exit) {
        if (!isUsed) {
            return;
        }
        Instruction key = new Instruction(new Operation.StackAddress(new StackSlot("index", 4, 4)), position);
        Instruction zero =
                new Instruction(new Operation.Store(key, 0, Int.I32, Constant.of(0), Optional.empty()), position);
        Instruction map = new Instruction(new Operation.MapAddress(Unit.SCRATCH), position);
        found.replace(new Operation.CallHelper(
                HelperId.MAP_LOOKUP_ELEM, List.of(map, key), Pointer.nullable(Pointer.Provenance.MAP_VALUE)));
        block.instructions().addAll(List.of(key, zero, map, found));
        block.terminate(new Terminator.Branch(
                Comparison.EQUAL,
                found,
                Constant.nullPointer((Pointer) found.type()),
                Edge.to(exit),
                Edge.to(next),
                position));
    }
}
