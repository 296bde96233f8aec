package dev.skep.trace.check;

import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.syntax.IntegerScanner;
import dev.skep.trace.system.Binaries;
import dev.skep.trace.system.NamePattern;
import dev.skep.trace.system.TraceSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Finds the functions and static probes of programs and libraries that attach points name. */
final class UserProbes {
    /** What glibc has in {@code libc} since 2.34, and only empty libraries of these names; tools name them still. */
    private static final Set<String> NOW_IN_LIBC = Set.of("libpthread", "libdl", "librt", "libutil", "libanl");

    private final TraceSystem system;
    private final OptionalInt pid;
    private final boolean unsafe;
    private final Diagnostics diagnostics;
    private final MissingProbes missing;

    UserProbes(TraceSystem system, OptionalInt pid, boolean unsafe, Diagnostics diagnostics, MissingProbes missing) {
        this.system = system;
        this.pid = pid;
        this.unsafe = unsafe;
        this.diagnostics = diagnostics;
        this.missing = missing;
    }

    List<Attachment> expand(AttachText point, ProbeKind kind) {
        List<String> parts = point.parts();
        if (kind == ProbeKind.USDT && parts.size() > 4) {
            diagnostics.error(point.span(), "usdt probe type requires 2 or 3 arguments, found " + (parts.size() - 1));
            return List.of();
        }
        if (parts.size() < 3 && !(parts.size() == 2 && pid.isPresent())) {
            diagnostics.error(
                    point.span(),
                    kind.text() + " probe type requires 2 or 3 arguments, found " + (parts.size() - 1),
                    "Write " + kind.text() + ":binary:" + (kind == ProbeKind.USDT ? "name" : "function"));
            return List.of();
        }
        String file = parts.size() == 2 || (parts.get(1).isEmpty() && pid.isPresent()) ? "*" : parts.get(1);
        List<String> binaries = binaries(file);
        if (binaries.isEmpty() || binaries.stream().noneMatch(system.binaries()::isBinary)) {
            diagnostics.error(
                    point.span(), kind.text() + " target file '" + file + "' does not exist or is not executable");
            return List.of();
        }
        List<Attachment> found = in(binaries, point, kind);
        if (found.isEmpty() && NOW_IN_LIBC.contains(file)) {
            found = in(binaries("libc"), point, kind);
        }
        boolean named = kind != ProbeKind.USDT || parts.size() > 3;
        if (found.isEmpty()
                && named
                && !diagnostics.hasErrors()
                && parts.stream().noneMatch(part -> new NamePattern(part).hasWildcard())) {
            missing.report(point, kind, file + ":" + parts.getLast());
        }
        return found;
    }

    private List<Attachment> in(List<String> binaries, AttachText point, ProbeKind kind) {
        List<Attachment> found = new ArrayList<>();
        for (String binary : binaries) {
            found.addAll(kind == ProbeKind.USDT ? usdt(point, binary) : functions(point, kind, binary));
        }
        return found;
    }

    private List<String> binaries(String file) {
        if (!file.equals("*")) {
            return system.binaries().find(file, pid);
        }
        return pid.isPresent()
                ? system.binaries().mapped(pid.getAsInt())
                : system.binaries().mappedByAll();
    }

    private static NamePattern pattern(String text) {
        return new NamePattern(text.isEmpty() ? "*" : text);
    }

    private List<Attachment> usdt(AttachText point, String binary) {
        List<String> parts = point.parts();
        NamePattern provider = pattern(parts.size() > 3 ? parts.get(2) : "");
        NamePattern name = pattern(parts.getLast());
        return system.binaries().usdt(binary).stream()
                .filter(site -> provider.matches(site.provider()) && name.matches(site.name()))
                .map(site -> new Attachment(
                        "usdt:" + binary + ":" + site.provider() + ":" + site.name(),
                        ProbeKind.USDT,
                        new ProbeTarget.Usdt(binary, Optional.of(site.provider()), site.name()),
                        point.source()))
                .distinct()
                .toList();
    }

    private List<Attachment> functions(AttachText point, ProbeKind kind, String binary) {
        String text = point.parts().getLast();
        boolean isReturn = kind == ProbeKind.URETPROBE;
        OptionalLong address = IntegerScanner.whole(text);
        if (address.isPresent()) {
            if (!isKnown(binary, address.getAsLong())) {
                diagnostics.error(
                        point.span(),
                        "Could not resolve address: " + binary + ":0x" + Long.toHexString(address.getAsLong()));
                return List.of();
            }
            return List.of(new Attachment(
                    kind.text() + ":" + binary + ":" + text,
                    kind,
                    new ProbeTarget.Uprobe(binary, List.of(), address, 0, isReturn),
                    point.source()));
        }
        int plus = text.lastIndexOf('+');
        OptionalLong offset = plus < 0 ? OptionalLong.of(0) : IntegerScanner.whole(text.substring(plus + 1));
        if (offset.isEmpty() || (plus >= 0 && isReturn)) {
            diagnostics.error(
                    point.span(),
                    isReturn
                            ? "Offset not allowed"
                            : "Invalid offset: " + ProbeExpansion.notNumber(text.substring(plus + 1)));
            return List.of();
        }
        NamePattern name = new NamePattern(plus < 0 ? text : text.substring(0, plus));
        boolean cpp = point.parts().size() > 3 && point.parts().get(2).equals("cpp");
        if (point.parts().size() == 4 && !cpp) {
            diagnostics.error(
                    point.span(), "unsupported language type: " + point.parts().get(2));
            return List.of();
        }
        List<Binaries.Symbol> symbols;
        if (cpp) {
            symbols = system.binaries().cppSymbols(binary, name);
        } else {
            symbols = name.hasWildcard()
                    ? system.binaries().symbols(binary, name)
                    : system.binaries().symbol(binary, name.text()).stream().toList();
        }
        if (!name.hasWildcard() && !symbols.isEmpty() && !isWithin(point, symbols.getFirst(), offset.getAsLong())) {
            return List.of();
        }
        if (symbols.size() > 1 && offset.getAsLong() == 0 && system.binaries().areAttachedTogether()) {
            List<String> names =
                    symbols.stream().map(Binaries.Symbol::name).distinct().toList();
            return List.of(new Attachment(
                    kind.text() + ":" + binary + ":" + text,
                    kind,
                    new ProbeTarget.Uprobe(binary, names, OptionalLong.empty(), 0, isReturn),
                    point.source()));
        }
        return symbols.stream()
                .map(symbol -> new Attachment(
                        kind.text() + ":" + binary + ":" + (cpp ? "cpp:\"" + symbol.readable() + "\"" : symbol.name())
                                + (plus < 0 ? "" : text.substring(plus)),
                        kind,
                        new ProbeTarget.Uprobe(
                                binary, List.of(symbol.name()), OptionalLong.empty(), offset.getAsLong(), isReturn),
                        point.source()))
                .toList();
    }

    /** Whether a function is there: a probe in the midst of data would destroy them. */
    private boolean isKnown(String binary, long address) {
        return unsafe
                || system.binaries().symbols(binary, NamePattern.ANY).stream()
                        .anyMatch(symbol ->
                                address >= symbol.address() && address < symbol.address() + Math.max(1, symbol.size()));
    }

    private boolean isWithin(AttachText point, Binaries.Symbol symbol, long offset) {
        if (!unsafe && symbol.size() == 0) {
            diagnostics.error(
                    point.span(),
                    "Could not determine boundary for " + symbol.name() + " (symbol has size 0).\n"
                            + "Use --unsafe to force attachment. WARNING: This option could lead to data corruption in the "
                            + "target process.");
            return false;
        }
        if (symbol.size() > 0 && offset >= symbol.size()) {
            diagnostics.error(
                    point.span(),
                    "Offset outside the function bounds ('" + symbol.name() + "' size is " + symbol.size() + ")");
            return false;
        }
        return true;
    }
}
