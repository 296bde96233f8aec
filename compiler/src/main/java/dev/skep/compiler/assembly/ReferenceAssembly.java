package dev.skep.compiler.assembly;

import dev.skep.compiler.code.CompiledFunction;
import dev.skep.compiler.code.CompiledFunction.SymbolReference;
import dev.skep.compiler.code.Symbol;
import dev.skep.compiler.ir.Function;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Instructions;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns symbols into references of the object, and gives the instructions that refer to something the numbers that clang would
 * have written there: what stands in a file before it is linked.
 */
final class ReferenceAssembly {
    private final CodePlaces places;
    private final KernelFunctions kernelFunctions;

    ReferenceAssembly(CodePlaces places, KernelFunctions kernelFunctions) {
        this.places = places;
        this.kernelFunctions = kernelFunctions;
    }

    /** What the instructions of {@code function} refer to, by slot. */
    List<Reference> references(CompiledFunction function) {
        return function.references().stream().map(this::reference).toList();
    }

    private Reference reference(SymbolReference reference) {
        int slot = reference.slot();
        return switch (reference.symbol()) {
            case Symbol.Map map -> new Reference.Map(slot, map.name());
            case Symbol.Global global -> new Reference.MapValue(slot, global.section(), global.offset());
            case Symbol.Call call ->
                new Reference.Call(slot, places.of(call.function()).index());
            case Symbol.FunctionAddress address ->
                new Reference.FunctionAddress(
                        slot, places.of(address.function()).index());
            case Symbol.KernelFunction kernel ->
                new Reference.KernelFunctionCall(slot, kernelFunctions.index(kernel.name()));
            case Symbol.KernelFunctionAddress address ->
                new Reference.ExternVariable(slot, kernelFunctions.index(address.name()));
        };
    }

    /** The instructions of {@code function} as they stand in the file. */
    Instructions instructions(CompiledFunction function) {
        Map<Integer, Symbol> symbols = new HashMap<>();
        function.references().forEach(r -> symbols.put(r.slot(), r.symbol()));
        List<Instruction> written = new ArrayList<>();
        int slot = 0;
        for (Instruction instruction : function.instructions()) {
            Symbol symbol = symbols.get(slot);
            written.add(
                    symbol == null ? instruction : written(function.function(), slot, instruction.dstReg(), symbol));
            slot += instruction.slots();
        }
        return Instructions.of(written);
    }

    private Instruction written(Function function, int slot, int register, Symbol symbol) {
        return switch (symbol) {
            case Symbol.Map map -> Instruction.lddw(register, 0, 0);
            case Symbol.Global global -> Instruction.lddw(register, 0, global.offset());
            case Symbol.Call call -> call(distance(function, slot, call.function()));
            case Symbol.FunctionAddress address ->
                Instruction.lddw(
                        register,
                        0,
                        isStatic(address.function())
                                ? (long) places.of(address.function()).slot() * Long.BYTES
                                : 0);
            case Symbol.KernelFunction kernel -> call(-1);
            case Symbol.KernelFunctionAddress address -> Instruction.lddw(register, 0, 0);
        };
    }

    private static Instruction call(int distance) {
        return Instruction.of(Opcode.CALL, 0, Opcode.BPF_PSEUDO_CALL, 0, distance);
    }

    /** From the next instruction on; to a static function of another section from that section's start. */
    private int distance(Function caller, int slot, Function callee) {
        if (!isStatic(callee)) {
            return -1;
        }
        CodePlaces.Place from = places.of(caller);
        CodePlaces.Place to = places.of(callee);
        return from.section().equals(to.section()) ? to.slot() - from.slot() - slot - 1 : to.slot() - 1;
    }

    /** True if only its own section's symbol names it in the file. */
    static boolean isStatic(Function function) {
        return switch (function.linkage()) {
            case STATIC, CALLBACK -> true;
            case PROGRAM, GLOBAL -> false;
        };
    }
}
