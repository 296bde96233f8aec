package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.instruction.Opcode;
import dev.skep.object.program.ExternSpec;
import dev.skep.object.program.Reference;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.kernel.KernelFunction;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.program.ProgramCode;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds the kernel function that a call means, and whether the program may call it ({@code fetch_kfunc_meta}). */
final class KernelFunctionLookup {
    /** What libbpf puts in place of a call of a weak function that the kernel does not have ({@code POISON_CALL_KFUNC_BASE}). */
    private static final int ABSENT = 2_002_000_000;

    private final Environment environment;

    KernelFunctionLookup(Environment environment) {
        this.environment = environment;
    }

    /** @param slot of the call */
    KernelFunctionCallee find(int slot, Instruction instruction) {
        Optional<Reference> reference = environment.code().reference(slot);
        if (reference.isPresent() && reference.get() instanceof Reference.KernelFunctionCall call) {
            return byName(call.extern(), slot);
        }
        return byId(instruction.imm(), slot);
    }

    /** What is known of the kernel function that the instruction at {@code slot} calls; empty if it calls none, or an unknown one. */
    static Optional<KernelFunction> known(ProgramCode code, KernelModel kernel, int slot) {
        Instruction instruction = code.at(slot);
        if (instruction.opcode() != Opcode.CALL || instruction.srcReg() != Opcode.BPF_PSEUDO_KFUNC_CALL) {
            return Optional.empty();
        }
        Optional<Reference> reference = code.reference(slot);
        if (reference.isPresent() && reference.get() instanceof Reference.KernelFunctionCall call) {
            String name = code.object().externs().get(call.extern()).name();
            return kernel.kernelFunction(withoutFlavor(name));
        }
        return functionWithId(kernel, instruction.imm()).flatMap(kernel::kernelFunction);
    }

    /** The name of the kernel's function with this id. */
    private static Optional<String> functionWithId(KernelModel kernel, int id) {
        return kernel.types()
                .filter(btf -> id > 0 && id < btf.typeCount() && btf.type(id) instanceof BtfType.Function)
                .map(btf -> btf.name(id));
    }

    private KernelFunctionCallee byName(int index, int slot) {
        ExternSpec extern = environment.code().object().externs().get(index);
        String name = withoutFlavor(extern.name());
        environment.kernel().kernelFunction(name).ifPresent(function -> checkAge(function, slot));
        Optional<Btf> types = environment.kernel().types();
        if (types.isEmpty()) {
            throw notAllowed(Cause.TYPE_INFORMATION, name);
        }
        OptionalInt id = types.get().find(name, BtfType.Function.class);
        if (id.isEmpty()) {
            throw new Refusal(
                    Cause.TOO_NEW,
                    extern.weak()
                            ? "invalid func unknown#" + (ABSENT + index)
                            : "extern (func ksym) '" + name + "': not found in kernel or module BTFs");
        }
        return callee(types.get(), id.getAsInt(), name, slot);
    }

    /** {@code bpf_task_acquire___v2} is one of several declarations of {@code bpf_task_acquire}. */
    private static String withoutFlavor(String name) {
        int flavor = name.indexOf("___");
        return flavor > 0 ? name.substring(0, flavor) : name;
    }

    private KernelFunctionCallee byId(int id, int slot) {
        String name = functionWithId(environment.kernel(), id)
                .orElseThrow(() -> new Refusal(Cause.POLICY, "kernel btf_id " + id + " is not a function"));
        return callee(environment.kernel().types().orElseThrow(), id, name, slot);
    }

    private KernelFunctionCallee callee(Btf btf, int id, String name, int slot) {
        if (!Licenses.isGplCompatible(environment.code().object().license())) {
            throw new Refusal(Cause.LICENSE, "cannot call kernel function from non-GPL compatible program");
        }
        if (name.startsWith("bpf_xdp_metadata_")) {
            throw new Refusal(Cause.POLICY, "metadata kfuncs require device-bound program");
        }
        KernelFunction function = environment
                .kernel()
                .kernelFunction(name)
                .filter(found -> found.isFor(environment.kind()))
                .orElseThrow(() -> notAllowed(Cause.POLICY, name));
        checkAge(function, slot);
        environment.require(name + "()", function.since(), slot);
        BtfType.Function type = (BtfType.Function) btf.type(id);
        return new KernelFunctionCallee(function, btf, id, (BtfType.FunctionPrototype) btf.type(type.prototype()));
    }

    private void checkAge(KernelFunction function, int slot) {
        if (function.since().compareTo(environment.kernel().version()) > 0) {
            String name = function.name();
            throw environment.tooNew(
                    name + "()", function.since(), slot, "calling kernel function " + name + " is not allowed");
        }
    }

    private static Refusal notAllowed(Cause cause, String name) {
        return new Refusal(cause, "calling kernel function " + name + " is not allowed");
    }
}
