package dev.skep.object.image;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.ProgramSpec;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Finds the function that is called when a program throws: the program carries the declaration tag {@code
 * exception_callback:NAME} ({@code __exception_cb} in C; libbpf's {@code bpf_prog_assign_exc_cb}).
 */
final class ExceptionCallback {
    private static final String PREFIX = "exception_callback:";

    private ExceptionCallback() {}

    /** The function's index; empty if the program names none, or several, which the kernel will refuse. */
    static OptionalInt of(BpfObject object, ProgramSpec program) {
        int type = object.entry(program).typeId();
        if (type == 0) {
            return OptionalInt.empty();
        }
        List<String> names = IntStream.range(1, object.btf().typeCount())
                .filter(id -> object.btf().kind(id) == BtfKind.DECL_TAG)
                .mapToObj(id -> (BtfType.DeclarationTag) object.btf().type(id))
                .filter(tag -> tag.target() == type
                        && tag.component() == -1
                        && tag.name().startsWith(PREFIX))
                .map(tag -> tag.name().substring(PREFIX.length()))
                .toList();
        return names.size() == 1 ? OptionalInt.of(find(object, program, names.getFirst())) : OptionalInt.empty();
    }

    private static int find(BpfObject object, ProgramSpec program, String name) {
        return IntStream.range(0, object.functions().size())
                .filter(i -> object.functions().get(i).name().equals(name))
                .filter(i -> object.functions().get(i).linkage() == FunctionSpec.Linkage.GLOBAL)
                .findFirst()
                .orElseThrow(() -> new InputException(
                        Location.in(object.name()).section(program.section()),
                        "the exception callback '" + name + "' of program '" + program.name()
                                + "' is no global function of the object",
                        "define it without `static` or `__hidden`"));
    }
}
