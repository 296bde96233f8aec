package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.kernel.KernelFunction;
import dev.skep.verifier.kernel.KernelFunctionFlag;
import java.util.List;

/**
 * A kernel function as a call finds it: how it is registered, and its prototype in the kernel's types.
 *
 * @param id of its {@code FUNC} in {@code btf}
 */
record KernelFunctionCallee(KernelFunction registered, Btf btf, int id, BtfType.FunctionPrototype prototype) {
    String name() {
        return registered.name();
    }

    /** As the kernel labels it: {@code bpf_obj_drop_impl#64313}. */
    String label() {
        return name() + "#" + id;
    }

    List<BtfType.Parameter> parameters() {
        return prototype.parameters();
    }

    boolean is(KernelFunctionFlag flag) {
        return registered.is(flag);
    }

    boolean isNamed(String other) {
        return name().equals(other);
    }

    /** It takes objects only that are known to be alive; functions that release always do. */
    boolean wantsTrusted() {
        return is(KernelFunctionFlag.TRUSTED_ARGS) || is(KernelFunctionFlag.RELEASE);
    }

    /** The type behind a parameter that is a pointer, without its modifiers. */
    int target(BtfType.Parameter parameter) {
        return btf.type(btf.strip(parameter.type())) instanceof BtfType.Pointer pointer
                ? btf.strip(pointer.target())
                : 0;
    }
}
