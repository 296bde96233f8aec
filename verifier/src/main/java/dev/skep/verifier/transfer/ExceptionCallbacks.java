package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.Subprogram;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Which function is called when a program throws: its declaration tag says so ({@code bpf_find_exception_callback_insn_off}). */
final class ExceptionCallbacks {
    private static final String PREFIX = "exception_callback:";

    private ExceptionCallbacks() {}

    /** Index of the function in the program; empty if the program names none. @throws Refusal if it names several */
    static OptionalInt of(ProgramCode code) {
        Btf btf = code.object().btf();
        int entry = code.functions().getFirst().typeId();
        if (entry == 0) {
            return OptionalInt.empty();
        }
        List<String> names = new ArrayList<>();
        for (int id = btf.firstId(); id < btf.typeCount(); id++) {
            if (btf.kind(id) == BtfKind.DECL_TAG
                    && btf.type(id) instanceof BtfType.DeclarationTag tag
                    && tag.target() == entry
                    && tag.component() == -1
                    && tag.name().startsWith(PREFIX)) {
                names.add(tag.name().substring(PREFIX.length()));
            }
        }
        if (names.size() > 1) {
            throw new Refusal(Cause.EXCEPTION, "multiple exception callback tags for main subprog");
        }
        return names.isEmpty() ? OptionalInt.empty() : named(code, names.getFirst());
    }

    /** @throws Refusal unless it takes one number, the cookie given to {@code bpf_throw} */
    static void check(ProgramCode code, Subprogram callback) {
        Btf btf = code.object().btf();
        boolean cookie = btf.type(callback.typeId()) instanceof BtfType.Function function
                && btf.type(function.prototype()) instanceof BtfType.FunctionPrototype prototype
                && prototype.parameters().size() == 1
                && KernelArgumentKind.isNumber(
                        btf, prototype.parameters().getFirst().type());
        if (!cookie) {
            throw new Refusal(Cause.EXCEPTION, "exception cb only supports single integer argument");
        }
    }

    private static OptionalInt named(ProgramCode code, String name) {
        return code.functions().stream()
                .filter(function -> function.name().equals(name))
                .mapToInt(Subprogram::index)
                .findFirst();
    }
}
