package dev.skep.object.btf.dump;

import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfLayout;
import dev.skep.object.btf.BtfType;

/** The C text of single declarations: definitions of structs, unions, enumerations and typedefs. */
final class Declarations {
    private final CNames names;
    private final WorkLimit limit;
    private final BtfLayout layout;
    private final Declarators declarators;

    Declarations(Btf btf, CNames names, WorkLimit limit) {
        this.names = names;
        this.limit = limit;
        this.layout = new BtfLayout(btf);
        this.declarators = new Declarators(btf, names, limit, this);
    }

    /** {@code typedef int (*name)(void)}. */
    String typedef(int id, BtfType.Typedef type) {
        String name = names.typedef(id);
        // GCC before 11 says void where it means its own type.
        if (type.target() == 0 && name.equals("__gnuc_va_list")) {
            return "typedef __builtin_va_list __gnuc_va_list";
        }
        StringBuilder text = new StringBuilder("typedef ");
        declarators.declare(text, type.target(), name, 0, 0);
        return text.toString();
    }

    /** {@code struct name}, as a forward declaration and wherever the type is used. */
    String compositeName(int id, BtfType.Composite type) {
        return named(type.union() ? "union" : "struct", names.tag(id));
    }

    /** {@code struct name}, of a type that is declared only. */
    String forward(int id, BtfType.Forward type) {
        return named(type.union() ? "union" : "struct", names.tag(id));
    }

    /** {@code enum name}. */
    String enumerationName(int id) {
        return named("enum", names.tag(id));
    }

    /** {@code enum name { ... }}, or just the name if there are no enumerators. @param level of indentation */
    String enumeration(int id, BtfType.Enumeration type, int level) {
        StringBuilder text = new StringBuilder(enumerationName(id));
        if (type.enumerators().isEmpty()) {
            return text.toString();
        }
        text.append(" {");
        for (BtfType.Enumerator enumerator : type.enumerators()) {
            newLine(text, level + 1).append(names.enumerator(enumerator.name())).append(" = ");
            text.append(type.signed() ? Long.toString(enumerator.value()) : Long.toUnsignedString(enumerator.value()));
            if (type.wide()) {
                text.append(type.signed() ? "LL" : "ULL");
            }
            text.append(',');
        }
        return newLine(text, level).append('}').toString();
    }

    /** {@code struct name { ... }} with padding and {@code packed} where they are needed. @param level of indentation */
    String composite(int id, BtfType.Composite type, int level) {
        return composite(id, type, level, 0);
    }

    /** @param depth how deep this is nested in other declarations */
    String composite(int id, BtfType.Composite type, int level, int depth) {
        limit.step(id, depth);
        boolean packed = !type.union() && layout.packed(type);
        StringBuilder text = new StringBuilder(compositeName(id, type)).append(" {");
        int end = 0;
        boolean afterBitfield = false;
        for (BtfType.Member member : type.members()) {
            boolean bitfield = member.bitfieldSize() != 0;
            int alignment = packed ? 1 : layout.alignment(member.type());
            pad(text, id, end, member.bitOffset(), alignment, afterBitfield && bitfield, level + 1);
            newLine(text, level + 1);
            declarators.declare(text, member.type(), member.name(), level + 1, depth + 1);
            if (bitfield) {
                text.append(": ").append(member.bitfieldSize());
            }
            text.append(';');
            end = endOf(member);
            afterBitfield = bitfield;
        }
        if (!type.union()) {
            pad(text, id, end, bits(type.size()), layout.alignment(id), false, level + 1);
        }
        if (!type.members().isEmpty() || type.size() != 0) {
            newLine(text, level);
        }
        text.append('}');
        if (packed) {
            text.append(" __attribute__((packed))");
        }
        return text.toString();
    }

    private int endOf(BtfType.Member member) {
        if (member.bitfieldSize() != 0) {
            return (int) Math.min(Integer.MAX_VALUE, (long) member.bitOffset() + member.bitfieldSize());
        }
        long size = layout.knownSize(member.type()).orElse(0);
        return (int) Math.min(Integer.MAX_VALUE, member.bitOffset() + 8 * size);
    }

    private static int bits(int bytes) {
        return (int) Math.min(Integer.MAX_VALUE, 8L * bytes);
    }

    /** @throws InputException if the gap is so large that it can only be forged */
    private void pad(StringBuilder text, int id, int from, int to, int alignment, boolean betweenBitfields, int level) {
        int before = text.length();
        limit.written(id, Math.max(0, to - from) / 16);
        Padding.fill(
                from,
                to,
                alignment,
                betweenBitfields,
                (filler, width) -> newLine(text, level)
                        .append(filler)
                        .append(": ")
                        .append(width)
                        .append(';'));
        limit.written(id, text.length() - before);
    }

    private static StringBuilder newLine(StringBuilder text, int level) {
        return text.append('\n').repeat('\t', level);
    }

    private static String named(String keyword, String name) {
        return name.isEmpty() ? keyword : keyword + " " + name;
    }
}
