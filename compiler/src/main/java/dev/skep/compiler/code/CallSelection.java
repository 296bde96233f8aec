package dev.skep.compiler.code;

import dev.skep.compiler.ir.Operation;
import dev.skep.compiler.ir.Type;
import dev.skep.compiler.ir.Value;
import dev.skep.object.instruction.Opcode;
import java.util.List;

/** Calls: arguments into r1 to r5, the result from r0. */
final class CallSelection {
    private final Emission emission;
    private final ValueRegisters registers;

    CallSelection(Emission emission, ValueRegisters registers) {
        this.emission = emission;
        this.registers = registers;
    }

    /** Calls a helper by its number. */
    void helper(int result, Operation.CallHelper call) {
        arguments(call.arguments(), true);
        call(
                call.arguments(),
                emission.instruction(
                        Opcode.CALL,
                        Registers.NONE,
                        Registers.NONE,
                        call.helper().ordinal()));
        result(result, call.type());
    }

    /** Calls a function of the kernel by name. */
    void kernelFunction(int result, Operation.CallKernelFunction call) {
        arguments(call.arguments(), true);
        call(call.arguments(), byName().withSymbol(new Symbol.KernelFunction(call.name())));
        result(result, call.type());
    }

    /** Calls a function of the unit. */
    void function(int result, Operation.CallFunction call) {
        arguments(call.arguments(), false); // our functions take anything in the upper half of 32 bits
        call(call.arguments(), byName().withSymbol(new Symbol.Call(call.function())));
        result(result, call.type());
    }

    private MachineInstruction byName() {
        return emission.instruction(Opcode.CALL, Registers.NONE, Registers.NONE, -1);
    }

    /** @param extended whether numbers of 32 bits are zero-extended, as the kernel's verifier looks at 64 */
    private void arguments(List<Value> arguments, boolean extended) {
        if (arguments.size() > Registers.ARGUMENTS) {
            throw new CodeGenerationException(
                    emission.machine().function(),
                    emission.position(),
                    "calls another with " + arguments.size() + " arguments, and BPF passes five",
                    "put some of them into a structure");
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (extended) {
                registers.zeroExtendedInto(Registers.FIRST_ARGUMENT + i, arguments.get(i));
            } else {
                registers.into(Registers.FIRST_ARGUMENT + i, arguments.get(i));
            }
        }
    }

    private void call(List<Value> arguments, MachineInstruction call) {
        emission.add(call.withArguments(arguments.size()));
    }

    private void result(int result, Type type) {
        if (type != Type.Nothing.VOID && result != Registers.NONE) {
            emission.move(result, Registers.RESULT);
        }
    }
}
