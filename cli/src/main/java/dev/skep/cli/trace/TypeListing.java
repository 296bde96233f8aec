package dev.skep.cli.trace;

import dev.skep.cli.types.TypeName;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.trace.system.KernelTypes;
import dev.skep.trace.system.NamePattern;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The kernel's types, for {@code -l 'struct NAME'}: their names, or with all of their members. */
final class TypeListing {
    private static final List<String> KEYWORDS = List.of("struct ", "union ", "enum ");
    private static final String INDENT = "        ";

    private final KernelTypes types;
    private final PrintWriter out;

    TypeListing(KernelTypes types, PrintWriter out) {
        this.types = types;
        this.out = out;
    }

    /** Whether a pattern is of types. */
    static boolean isType(String pattern) {
        return KEYWORDS.stream().anyMatch(pattern::startsWith);
    }

    /** Shows the types that match, each once. @return whether there is any */
    boolean list(String pattern) {
        Optional<Btf> kernel = types.kernel();
        if (kernel.isEmpty()) {
            return false;
        }
        Btf btf = kernel.get();
        String keyword = pattern.substring(0, pattern.indexOf(' '));
        NamePattern name =
                new NamePattern(pattern.substring(pattern.indexOf(' ') + 1).strip());
        TreeMap<String, Integer> found = new TreeMap<>();
        for (int id = btf.firstId(); id < btf.typeCount(); id++) {
            String own = name(btf.type(id), keyword);
            if (!own.isEmpty() && name.matches(own)) {
                found.putIfAbsent(own, id);
            }
        }
        found.values().forEach(id -> show(btf, btf.type(id), keyword));
        return !found.isEmpty();
    }

    private static String name(BtfType type, String keyword) {
        return switch (type) {
            case BtfType.Composite composite
            when composite.union() == keyword.equals("union") && !keyword.equals("enum") -> composite.name();
            case BtfType.Enumeration enumeration when keyword.equals("enum") -> enumeration.name();
            default -> "";
        };
    }

    private void show(Btf btf, BtfType type, String keyword) {
        switch (type) {
            case BtfType.Composite composite -> {
                out.println(keyword + " " + composite.name() + " {");
                composite.members().forEach(member -> out.println(INDENT + member(btf, member) + ";"));
                out.println("};");
            }
            case BtfType.Enumeration enumeration -> {
                out.println(keyword + " " + enumeration.name() + " {");
                enumeration
                        .enumerators()
                        .forEach(each -> out.println(INDENT + each.name() + " = " + each.value() + ","));
                out.println("};");
            }
            default -> throw new IllegalArgumentException(type + " has no members");
        }
    }

    private static String member(Btf btf, BtfType.Member member) {
        String type = TypeName.of(btf, member.type());
        int bracket = type.indexOf('[');
        String array = bracket < 0 ? "" : type.substring(bracket);
        String base = bracket < 0 ? type : type.substring(0, bracket);
        String name = member.name().isEmpty() ? "" : (base.endsWith("*") ? "" : " ") + member.name();
        return base + name + array + (member.bitfieldSize() > 0 ? " : " + member.bitfieldSize() : "");
    }
}
