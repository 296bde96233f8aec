package dev.skep.compiler.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.Comparison;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Edge;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Int;
import dev.skep.compiler.ir.IntegrityChecker;
import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Position;
import dev.skep.compiler.ir.StackSlot;
import dev.skep.compiler.ir.Terminator;
import dev.skep.compiler.ir.Value;
import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.object.BpfObject;
import dev.skep.object.instruction.CpuVersion;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotSharingTest {
    private static final int LARGE = 400;

    private final StackSlot one = new StackSlot("one", LARGE, 8);
    private final StackSlot other = new StackSlot("other", LARGE - 8, 8);
    private final Function function = CompiledPrograms.function("f", Int.I64, Int.I64);
    private Block at = function.entry();

    private Instruction add(Operation operation) {
        Instruction instruction = new Instruction(operation, Position.NONE);
        at.instructions().add(instruction);
        return instruction;
    }

    private Value store(StackSlot slot, Value value) {
        Value address = add(new Operation.StackAddress(slot));
        add(new Operation.Store(address, 8, Int.I64, value, Optional.empty()));
        return address;
    }

    private Value load(Value address) {
        return add(new Operation.Load(address, 8, Int.I64, false, Int.I64, Optional.empty()));
    }

    private void leave(Value value) {
        at.terminate(new Terminator.Return(Optional.of(value), Position.NONE));
    }

    private Value argument() {
        return function.parameters().getFirst();
    }

    @Test
    void slotsThatAreUsedOneAfterTheOtherShareTheirPlace() {
        Value first = load(store(one, argument()));
        leave(load(store(other, first)));
        IntegrityChecker.require(function);
        assertThat(SlotSharing.share(function)).containsEntry(other, one).hasSize(1);
        BpfObject object = CompiledPrograms.object(CompiledPrograms.target(CpuVersion.V3), function);
        assertThat(CompiledPrograms.verify(object).isAccepted()).isTrue();
        try (EngineHost host = CompiledPrograms.engine();
                EngineObject loaded = host.load(object)) {
            assertThat(CompiledPrograms.run(loaded, 77)).isEqualTo(77);
        }
    }

    @Test
    void slotsThatAreNeededTogetherDoNot() {
        Value first = store(one, argument());
        Value second = store(other, Constant.of(1L));
        load(second);
        leave(load(first));
        assertThat(SlotSharing.share(function)).isEmpty();
    }

    @Test
    void aSlotThatALoopUsesIsNeededThroughoutTheLoop() {
        Block loop = function.addBlock("loop");
        Block end = function.addBlock("end");
        at.terminate(new Terminator.Jump(Edge.to(loop), Position.NONE));
        at = loop;
        load(store(one, argument()));
        Value second = load(store(other, argument()));
        at.terminate(new Terminator.Branch(
                Comparison.EQUAL, second, Constant.of(1L), Edge.to(loop), Edge.to(end), Position.NONE));
        at = end;
        leave(second);
        assertThat(SlotSharing.share(function)).isEmpty();
    }

    @Test
    void aSlotWhoseAddressIsInMemoryKeepsItsPlace() {
        Value first = store(one, argument());
        StackSlot pointers = new StackSlot("pointers", 16, 8);
        store(pointers, first);
        leave(load(store(other, argument())));
        assertThat(SlotSharing.share(function).keySet()).doesNotContain(one).doesNotContain(other);
    }

    @Test
    void theAddressCountsWhereverItIsPassedOn() {
        Block next = function.addBlock("next");
        Value passed =
                next.addParameter("p", add(new Operation.StackAddress(one)).type());
        Value first = store(one, argument());
        at.terminate(new Terminator.Jump(new Edge(next, List.of(first)), Position.NONE));
        at = next;
        load(store(other, argument()));
        leave(load(passed));
        assertThat(SlotSharing.share(function)).isEmpty();
    }
}
