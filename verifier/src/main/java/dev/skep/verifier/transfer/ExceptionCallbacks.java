package dev.skep.verifier.transfer;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.Subprogram;
import java.util.OptionalInt;

/** Which function is called when a program throws: its declaration tag says so ({@code bpf_find_exception_callback_insn_off}). */
final class ExceptionCallbacks {
    private static final String PREFIX = "exception_callback:";

    private ExceptionCallbacks() {}

    /** Index of the function in the program; empty if the program names none. */
    static OptionalInt of(ProgramCode code) {
        Btf btf = code.object().btf();
        int entry = code.functions().getFirst().typeId();
        if (entry == 0) {
            return OptionalInt.empty();
        }
        for (int id = btf.firstId(); id < btf.typeCount(); id++) {
            if (btf.type(id) instanceof BtfType.DeclarationTag tag
                    && tag.target() == entry
                    && tag.component() == -1
                    && tag.name().startsWith(PREFIX)) {
                return named(code, tag.name().substring(PREFIX.length()));
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt named(ProgramCode code, String name) {
        return code.functions().stream()
                .filter(function -> function.name().equals(name))
                .mapToInt(Subprogram::index)
                .findFirst();
    }
}
