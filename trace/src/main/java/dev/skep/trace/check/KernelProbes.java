package dev.skep.trace.check;

import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Spelling;
import dev.skep.trace.syntax.IntegerScanner;
import dev.skep.trace.system.KernelFunctions;
import dev.skep.trace.system.NamePattern;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.system.Tracepoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the functions, tracepoints and iterators of the kernel that attach points name. */
final class KernelProbes {
    private final TraceSystem system;
    private final Diagnostics diagnostics;
    private final MissingProbes missing;

    KernelProbes(TraceSystem system, Diagnostics diagnostics, MissingProbes missing) {
        this.system = system;
        this.diagnostics = diagnostics;
        this.missing = missing;
    }

    List<Attachment> expand(AttachText point, ProbeKind kind) {
        return switch (kind) {
            case TRACEPOINT -> tracepoint(point);
            case RAW_TRACEPOINT -> rawTracepoint(point);
            case ITERATOR -> iterator(point);
            default -> function(point, kind);
        };
    }

    private List<Attachment> tracepoint(AttachText point) {
        List<String> parts = point.parts();
        if (parts.size() != 3) {
            diagnostics.error(point.span(), "tracepoint probe type requires 2 arguments, found " + (parts.size() - 1));
            return List.of();
        }
        List<Tracepoints.Name> found =
                system.tracepoints().events(new NamePattern(parts.get(1)), new NamePattern(parts.get(2)));
        if (found.isEmpty()) {
            if (!isOne(point)) {
                return List.of();
            }
            List<String> events = system.tracepoints().events(new NamePattern(parts.get(1)), NamePattern.ANY).stream()
                    .map(Tracepoints.Name::event)
                    .toList();
            missing.report(
                    point,
                    ProbeKind.TRACEPOINT,
                    place(point),
                    system.tracepoints().categories().isEmpty()
                            ? new String[] {"tracefs is not mounted: mount -t tracefs tracefs /sys/kernel/tracing"}
                            : Spelling.hints(parts.get(2), events));
        }
        return found.stream()
                .map(name -> new Attachment(
                        "tracepoint:" + name.category() + ":" + name.event(),
                        ProbeKind.TRACEPOINT,
                        new ProbeTarget.Tracepoint(name.category(), name.event()),
                        point.source()))
                .toList();
    }

    private List<Attachment> rawTracepoint(AttachText point) {
        List<String> parts = point.parts();
        if (parts.size() != 2 && parts.size() != 3) {
            diagnostics.error(
                    point.span(), "rawtracepoint probe type requires 2 or 1 arguments, found " + (parts.size() - 1));
            return List.of();
        }
        Predicate<String> inModule = parts.size() < 3
                ? event -> true
                : event -> new NamePattern(parts.get(1))
                        .matches(system.tracepoints().rawModule(event));
        List<String> found = system.tracepoints().raw(new NamePattern(parts.getLast())).stream()
                .filter(inModule)
                .toList();
        if (found.isEmpty() && isOne(point)) {
            missing.report(
                    point,
                    ProbeKind.RAW_TRACEPOINT,
                    place(point),
                    Spelling.hints(parts.getLast(), system.tracepoints().raw(NamePattern.ANY)));
        }
        return found.stream()
                .map(event -> new Attachment(
                        "rawtracepoint:" + system.tracepoints().rawModule(event) + ":" + event,
                        ProbeKind.RAW_TRACEPOINT,
                        new ProbeTarget.RawTracepoint(event, false),
                        point.source()))
                .toList();
    }

    /** Whether a point is one by its text: others may well be nowhere. Of raw tracepoints that goes only for those of a module. */
    private static boolean isOne(AttachText point) {
        List<String> parts = point.parts();
        boolean raw = ProbeKind.named(point.provider()).equals(Optional.of(ProbeKind.RAW_TRACEPOINT));
        return (!raw || parts.size() == 3) && parts.stream().noneMatch(part -> new NamePattern(part).hasWildcard());
    }

    private static String place(AttachText point) {
        return String.join(":", point.parts().subList(1, point.parts().size()));
    }

    private List<Attachment> iterator(AttachText point) {
        List<String> parts = point.parts();
        if (parts.size() != 2 && parts.size() != 3) {
            diagnostics.error(point.span(), "iter probe type takes 2 arguments (1 optional)");
            return List.of();
        }
        String kind = parts.get(1);
        if (!system.machine().iterators().contains(kind)) {
            diagnostics.error(
                    point.span(),
                    "iter " + kind + " not available for your kernel version.",
                    Spelling.hints(kind, system.machine().iterators()));
            return List.of();
        }
        Optional<String> pin = parts.size() == 3 ? Optional.of(parts.get(2)) : Optional.empty();
        String name = "iter:" + kind + pin.map(path -> ":" + path).orElse("");
        return List.of(new Attachment(name, ProbeKind.ITERATOR, new ProbeTarget.Iterator(kind, pin), point.source()));
    }

    private List<Attachment> function(AttachText point, ProbeKind kind) {
        List<String> parts = point.parts();
        boolean typed = byTypes(kind);
        if (parts.size() != 2 && parts.size() != 3) {
            diagnostics.error(
                    point.span(),
                    typed && parts.size() == 4
                            ? "Only the 'bpf' variant of this probe supports 4 arguments"
                            : kind.text() + " probe type requires 1 or " + (typed ? 3 : 2) + " arguments, found "
                                    + (parts.size() - 1));
            return List.of();
        }
        if (parts.getLast().isEmpty()) {
            diagnostics.error(point.span(), kind.text() + "s should be attached to a function or an address");
            return List.of();
        }
        Optional<String> module = parts.size() == 3 ? Optional.of(parts.get(1)) : Optional.empty();
        String text = parts.getLast();
        int plus = text.indexOf('+');
        OptionalLong offset = plus < 0 ? OptionalLong.of(0) : IntegerScanner.whole(text.substring(plus + 1));
        if (offset.isEmpty()) {
            diagnostics.error(point.span(), "Invalid offset: " + ProbeExpansion.notNumber(text.substring(plus + 1)));
            return List.of();
        }
        if (plus >= 0 && kind != ProbeKind.KPROBE) {
            diagnostics.error(point.span(), "Offset not allowed");
            return List.of();
        }
        NamePattern name = new NamePattern(plus < 0 ? text : text.substring(0, plus));
        return functions(point, kind, module, name, offset.getAsLong());
    }

    private List<Attachment> functions(
            AttachText point, ProbeKind kind, Optional<String> module, NamePattern name, long offset) {
        List<KernelFunctions.Function> found =
                system.functions().matching(module.map(NamePattern::new).orElse(NamePattern.ANY), name);
        if (found.isEmpty()) {
            if (isOne(point)) {
                module.filter(each -> !byTypes(kind) && !isLoaded(each))
                        .ifPresent(each -> diagnostics.error(
                                point.span(),
                                "specified module " + each + " in probe " + kind.text() + ":" + place(point)
                                        + " is not loaded."));
                List<String> known = system.functions().matching(NamePattern.ANY, NamePattern.ANY).stream()
                        .map(KernelFunctions.Function::name)
                        .toList();
                missing.report(point, kind, place(point), Spelling.hints(name.text(), known));
            }
            return List.of();
        }
        boolean byTypes = byTypes(kind);
        boolean isReturn = kind == ProbeKind.KRETPROBE || kind == ProbeKind.FEXIT;
        String suffix = offset == 0 ? "" : "+" + offset;
        if (!byTypes && found.size() > 1 && system.functions().areAttachedTogether()) {
            return together(point, kind, module.isPresent(), name, found);
        }
        return found.stream()
                .map(each -> new Attachment(
                        kind.text() + ":" + (byTypes || module.isPresent() ? each.module() + ":" : "") + each.name()
                                + suffix,
                        kind,
                        byTypes
                                ? new ProbeTarget.Fentry(each.module(), each.name(), isReturn)
                                : new ProbeTarget.Kprobe(module, List.of(each.name()), offset, isReturn),
                        point.source()))
                .toList();
    }

    private static boolean byTypes(ProbeKind kind) {
        return kind == ProbeKind.FENTRY || kind == ProbeKind.FEXIT;
    }

    private boolean isLoaded(String module) {
        return module.equals("vmlinux")
                || system.types().modules().contains(module)
                || !system.functions()
                        .matching(new NamePattern(module), NamePattern.ANY)
                        .isEmpty();
    }

    /** One program for all; if modules are named, for all of each module. */
    private static List<Attachment> together(
            AttachText point,
            ProbeKind kind,
            boolean byModule,
            NamePattern name,
            List<KernelFunctions.Function> found) {
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        for (KernelFunctions.Function each : found) {
            groups.computeIfAbsent(byModule ? each.module() + ":" : "", m -> new LinkedHashSet<>())
                    .add(each.name());
        }
        List<Attachment> attachments = new ArrayList<>();
        groups.forEach((module, names) -> attachments.add(new Attachment(
                kind.text() + ":" + module
                        + (names.size() == 1 ? names.iterator().next() : name.text()),
                kind,
                new ProbeTarget.Kprobe(
                        byModule ? Optional.of(module.substring(0, module.length() - 1)) : Optional.empty(),
                        List.copyOf(names),
                        0,
                        kind == ProbeKind.KRETPROBE),
                point.source())));
        return attachments;
    }
}
