package dev.skep.cli.types;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;
import java.io.PrintWriter;
import java.util.StringJoiner;

/** Prints types a line each, parts on lines of their own: the text of {@code bpftool btf dump ... format raw}. */
final class RawDump {
    private final Btf btf;
    private final PrintWriter out;

    RawDump(Btf btf, PrintWriter out) {
        this.btf = btf;
        this.out = out;
    }

    void print(int id) {
        TypeDescription type = TypeDescription.of(btf, id);
        // bpftool separates the attributes of a variable, and of nothing else, with a comma.
        String separator = type.kind().equals(BtfKind.VAR.name()) ? ", " : " ";
        StringJoiner attributes = new StringJoiner(separator);
        type.attributes().forEach(a -> attributes.add(a.name() + "=" + a.value()));
        out.println(("[" + id + "] " + type.kind() + " '" + type.name() + "' " + attributes).stripTrailing());
        type.parts().ifPresent(parts -> parts.list().forEach(part -> printPart(btf.type(id), part)));
    }

    private void printPart(BtfType type, TypeDescription.Part part) {
        StringJoiner line = new StringJoiner(" ", "\t", "");
        part.name().ifPresent(name -> line.add("'" + name + "'"));
        for (TypeDescription.Attribute attribute : part.attributes()) {
            line.add(attribute.name() + "=" + attribute.value() + suffix(type, attribute));
        }
        if (part.name().isEmpty()) {
            line.add(target(part));
        }
        out.println(line);
    }

    private static String suffix(BtfType type, TypeDescription.Attribute attribute) {
        if (type instanceof BtfType.Enumeration enumeration
                && enumeration.wide()
                && attribute.name().equals("val")) {
            return enumeration.signed() ? "LL" : "ULL";
        }
        return "";
    }

    /** For a section's variable: what its type id refers to. */
    private String target(TypeDescription.Part part) {
        long id = part.attributes().getFirst().value() instanceof Long number ? number : 0;
        BtfType target = btf.type((int) id);
        return "(" + BtfKind.of(target).name() + " '" + target.name() + "')";
    }
}
