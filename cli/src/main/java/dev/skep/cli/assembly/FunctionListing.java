package dev.skep.cli.assembly;

import dev.skep.object.BpfObject;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.assembly.Listing;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.Reference;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Prints the functions of an object with what the object knows about them: source lines from {@code .BTF.ext}, and the names
 * of the maps, globals and functions that instructions refer to. Instructions count from the start of their section, as in
 * llvm-objdump's listings.
 */
final class FunctionListing {
    private final BpfObject object;
    private final Listing.Options options;
    private final boolean source;

    FunctionListing(BpfObject object, Listing.Options options, boolean source) {
        this.object = object;
        this.options = options;
        this.source = source;
    }

    /**
     * Prints one function, or all.
     *
     * @param where the file, for messages
     * @throws InputException if there is no function of that name
     */
    void print(Optional<String> name, Location where, PrintWriter out) {
        List<FunctionSpec> functions = object.functions().stream()
                .filter(function -> name.isEmpty() || function.name().equals(name.get()))
                .toList();
        if (functions.isEmpty()) {
            String names = object.functions().stream().map(FunctionSpec::name).collect(Collectors.joining(", "));
            throw new InputException(where, "there is no function '" + name.orElse("") + "'", "there are: " + names);
        }
        String section = "";
        for (FunctionSpec function : functions) {
            if (!function.section().equals(section)) {
                section = function.section();
                out.println();
                out.println("Disassembly of section " + section + ":");
            }
            print(function, out);
        }
    }

    private void print(FunctionSpec function, PrintWriter out) {
        out.println();
        out.printf("%016x <%s>:%n", function.sectionOffset(), function.name());
        byte[] code = options.rawBytes() ? function.instructions().encode() : new byte[0];
        Deque<FunctionSpec.Line> lines = new ArrayDeque<>(function.lines());
        Deque<Reference> references = new ArrayDeque<>(function.references());
        int slot = 0;
        for (Instruction instruction : function.instructions()) {
            printSource(lines, slot, out);
            int shown = function.sectionOffset() / 8 + slot;
            out.print(InstructionLine.of(shown, instruction, options.style(), code, slot * 8));
            out.println(comment(references, slot));
            slot += instruction.slots();
        }
    }

    private void printSource(Deque<FunctionSpec.Line> lines, int slot, PrintWriter out) {
        while (!lines.isEmpty() && lines.peek().slot() <= slot) {
            FunctionSpec.Line line = lines.pop();
            if (source) {
                String text = line.text().isBlank() ? "" : line.text().strip() + " ";
                out.println("; " + text + "@ " + line.file() + ":" + line.line());
            }
        }
    }

    private String comment(Deque<Reference> references, int slot) {
        StringBuilder comment = new StringBuilder();
        while (!references.isEmpty() && references.peek().slot() <= slot) {
            comment.append(" # ").append(describe(references.pop()));
        }
        return comment.toString();
    }

    private String describe(Reference reference) {
        return switch (reference) {
            case Reference.Map map -> "map " + map.map();
            case Reference.MapValue value -> value.map() + "+" + value.offset();
            case Reference.Call call ->
                "function " + object.functions().get(call.function()).name();
            case Reference.FunctionAddress address ->
                "address of function "
                        + object.functions().get(address.function()).name();
            case Reference.ExternVariable variable ->
                "extern " + object.externs().get(variable.extern()).name();
            case Reference.KernelFunctionCall call ->
                "kernel function " + object.externs().get(call.extern()).name();
            case Reference.ArenaVariable variable -> variable.map() + "+" + variable.offset();
        };
    }
}
