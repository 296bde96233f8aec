package dev.skep.compiler.unit;

import dev.skep.compiler.type.CType;
import dev.skep.object.Bytes;
import java.util.List;

/**
 * Globals that lie together.
 *
 * @param name {@code .rodata}, {@code .data}, {@code .bss}, or one of them with a suffix
 * @param variables in the order of their offsets
 * @param contents as many bytes as the section has; {@code Bytes.EMPTY} if all are zero
 */
public record GlobalSection(String name, List<Variable> variables, Bytes contents) {
    public GlobalSection {
        variables = List.copyOf(variables);
    }

    /**
     * A global.
     *
     * @param name in the object
     * @param source its name in the source, qualified by what declares it; {@code ""} if it has none
     * @param offset in the section
     */
    public record Variable(String name, String source, CType type, int offset) {}
}
