package dev.skep.object.assembly;

import dev.skep.object.BpfObject;
import dev.skep.object.instruction.Instructions;

/**
 * Reads BPF programs as text: the language of docs/asm.md. What {@link dev.skep.object.instruction.Disassembler} and
 * {@link Listing} write is part of it, so a listing can be pasted, changed and assembled.
 *
 * <p>Law: for every valid instruction {@code i}, assembling {@code Disassembler.text(i, TextStyle.EXACT)} gives {@code i}; and
 * assembling a listing with its bytes gives the code that was listed.
 */
public final class Assembler {
    private Assembler() {}

    /**
     * Assembles code alone: instructions, labels, {@code .raw} and {@code .constant}.
     *
     * @param source what to call the text in messages
     * @throws AssemblyException with all mistakes in the text; never anything else, whatever the text
     */
    public static Instructions instructions(String source, String text) {
        PlainCodeReader reader = new PlainCodeReader(source);
        reader.read(text);
        return reader.instructions();
    }

    /**
     * Assembles a whole object: programs, functions, maps, license.
     *
     * @param source what to call the text in messages; the object is called by its base name without extension
     * @throws AssemblyException with all mistakes in the text; never anything else, whatever the text
     */
    public static BpfObject object(String source, String text) {
        ObjectTextReader reader = new ObjectTextReader(source);
        reader.read(text);
        return reader.object();
    }
}
