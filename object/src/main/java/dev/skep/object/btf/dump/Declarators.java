package dev.skep.object.btf.dump;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the declaration of one name: C's way of putting a type around it, as in {@code int (*name[3])(void)}.
 *
 * <p>The types between a name and what is at the bottom (a number, a struct, a typedef) form a chain. C wants the bottom
 * first, then the chain from the bottom up, where arrays and functions take what is above them, and the name, into
 * parentheses.
 */
final class Declarators {
    private final Btf btf;
    private final CNames names;
    private final WorkLimit limit;
    private final Declarations declarations;

    Declarators(Btf btf, CNames names, WorkLimit limit, Declarations declarations) {
        this.btf = btf;
        this.names = names;
        this.limit = limit;
        this.declarations = declarations;
    }

    /**
     * Appends the declaration of {@code name} as an {@code id}.
     *
     * @param name "" for parameters without one and anonymous members
     * @param level of indentation, should an anonymous struct be written out here
     * @param depth how deep this is nested in other declarations
     */
    void declare(StringBuilder text, int id, String name, int level, int depth) {
        new Chain(text, name, level, depth, chain(id, depth)).write();
    }

    private List<Integer> chain(int top, int depth) {
        List<Integer> ids = new ArrayList<>();
        int id = top;
        while (true) {
            limit.step(id, depth + ids.size());
            ids.add(id);
            switch (btf.type(id)) {
                case BtfType.Pointer t -> id = t.target();
                case BtfType.Qualified t -> id = t.target();
                case BtfType.TypeTag t -> id = t.target();
                case BtfType.FunctionPrototype t -> id = t.returnType();
                case BtfType.Array t -> id = t.element();
                default -> {
                    return ids;
                }
            }
        }
    }

    /** One declaration being written; {@code ids} holds what is left of its chain, the bottom last. */
    private final class Chain {
        private final StringBuilder text;
        private final String name;
        private final int level;
        private final int depth;
        private final List<Integer> ids;

        Chain(StringBuilder text, String name, int level, int depth, List<Integer> ids) {
            this.text = text;
            this.name = name;
            this.level = level;
            this.depth = depth;
            this.ids = ids;
        }

        void write() {
            // A pointer at the start of what is in parentheses needs no space before it.
            boolean afterPointer = true;
            while (!ids.isEmpty()) {
                int id = ids.removeLast();
                BtfType type = btf.type(id);
                limit.written(id, 8);
                switch (type) {
                    case BtfType.Pointer _ -> text.append(afterPointer ? "*" : " *");
                    case BtfType.Qualified t -> text.append(' ').append(keyword(t));
                    case BtfType.TypeTag t -> {
                        qualifiers();
                        text.append(" __attribute__((btf_type_tag(\"")
                                .append(t.name())
                                .append("\")))");
                    }
                    case BtfType.Array t -> {
                        array(t, afterPointer);
                        return;
                    }
                    case BtfType.FunctionPrototype t -> {
                        function(t, afterPointer);
                        return;
                    }
                    default -> {
                        qualifiers();
                        text.append(bottom(id, type));
                    }
                }
                afterPointer = type instanceof BtfType.Pointer;
            }
            name(afterPointer);
        }

        private String bottom(int id, BtfType type) {
            String bottom = switch (type) {
                case BtfType.Void _ -> "void";
                case BtfType.Composite t ->
                    t.name().isEmpty()
                            ? declarations.composite(id, t, level, depth + 1)
                            : declarations.compositeName(id, t);
                case BtfType.Enumeration t ->
                    t.name().isEmpty() ? declarations.enumeration(id, t, level) : declarations.enumerationName(id);
                case BtfType.Forward t -> declarations.forward(id, t);
                case BtfType.Typedef _ -> names.typedef(id);
                default -> type.name();
            };
            limit.written(id, bottom.length());
            return bottom;
        }

        private void array(BtfType.Array type, boolean afterPointer) {
            // GCC qualifies an array of qualified elements once more, which C has no way to write.
            dropQualifiers();
            if (ids.isEmpty()) {
                name(afterPointer);
            } else {
                boolean nextIsArray = btf.type(ids.getLast()) instanceof BtfType.Array;
                if (!name.isEmpty() && !afterPointer) {
                    text.append(' ');
                }
                text.append(nextIsArray ? "" : "(");
                write();
                text.append(nextIsArray ? "" : ")");
            }
            text.append('[').append(type.length()).append(']');
        }

        private void function(BtfType.FunctionPrototype type, boolean afterPointer) {
            // GCC marks functions that do not return as volatile.
            dropQualifiers();
            if (ids.isEmpty()) {
                name(afterPointer);
            } else {
                text.append(" (");
                write();
                text.append(')');
            }
            text.append('(');
            if (type.parameters().isEmpty()) {
                text.append("void");
            }
            String separator = "";
            for (BtfType.Parameter parameter : type.parameters()) {
                text.append(separator);
                declare(text, parameter.type(), parameter.name(), level, depth + 1);
                separator = ", ";
            }
            if (type.variadic() && !type.parameters().isEmpty()) {
                text.append(", ...");
            }
            text.append(')');
        }

        private void qualifiers() {
            while (!ids.isEmpty() && btf.type(ids.getLast()) instanceof BtfType.Qualified t) {
                text.append(keyword(t)).append(' ');
                ids.removeLast();
            }
        }

        private void dropQualifiers() {
            while (!ids.isEmpty()
                    && (btf.type(ids.getLast()) instanceof BtfType.Qualified
                            || btf.type(ids.getLast()) instanceof BtfType.TypeTag)) {
                ids.removeLast();
            }
        }

        private void name(boolean afterPointer) {
            text.append(name.isEmpty() || afterPointer ? "" : " ").append(name);
        }
    }

    private static String keyword(BtfType.Qualified type) {
        return switch (type.qualifier()) {
            case VOLATILE -> "volatile";
            case CONST -> "const";
            case RESTRICT -> "restrict";
        };
    }
}
