package dev.skep.cli.trace;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.object.btf.dump.CDump;
import dev.skep.trace.system.KernelTypes;
import dev.skep.trace.system.NamePattern;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The kernel's types, for {@code -l 'struct NAME'}: their names, or with all of their members. */
final class TypeListing {
    private static final List<String> KEYWORDS = List.of("struct ", "union ", "enum ");

    private final KernelTypes types;
    private final boolean verbose;
    private final PrintWriter out;

    /** @param verbose members are shown, too */
    TypeListing(KernelTypes types, boolean verbose, PrintWriter out) {
        this.types = types;
        this.verbose = verbose;
        this.out = out;
    }

    /** Whether a pattern is of types. */
    static boolean isType(String pattern) {
        return KEYWORDS.stream().anyMatch(pattern::startsWith);
    }

    /** Shows the types that match, each once. */
    void list(String pattern) {
        Optional<Btf> kernel = types.kernel();
        if (kernel.isEmpty()) {
            return;
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
        if (verbose) {
            showMembers(btf, found.values(), found.keySet(), keyword);
        } else {
            found.keySet().forEach(each -> out.println(keyword + " " + each));
        }
    }

    private static String name(BtfType type, String keyword) {
        return switch (type) {
            case BtfType.Composite composite
            when composite.union() == keyword.equals("union") && !keyword.equals("enum") -> composite.name();
            case BtfType.Enumeration enumeration when keyword.equals("enum") -> enumeration.name();
            default -> "";
        };
    }

    /** As C declares them. What they need is declared too, but not shown. */
    private void showMembers(Btf btf, Collection<Integer> ids, Set<String> names, String keyword) {
        CDump.types(btf, List.copyOf(ids), declaration -> {
            int end = declaration.indexOf(" {");
            if (end > 0
                    && declaration.startsWith(keyword + " ")
                    && names.contains(declaration.substring(keyword.length() + 1, end))) {
                out.print("vmlinux: " + declaration);
            }
        });
    }
}
