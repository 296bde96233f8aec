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
            List<String> events = system.tracepoints().events(new NamePattern(parts.get(1)), NamePattern.ANY).stream()
                    .map(Tracepoints.Name::event)
                    .toList();
            missing.report(
                    point,
                    ProbeKind.TRACEPOINT,
                    Optional.of("tracepoint not found: " + parts.get(1) + ":" + parts.get(2)),
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
                    point.span(), "rawtracepoint probe type requires 1 or 2 arguments, found " + (parts.size() - 1));
            return List.of();
        }
        if (parts.size() == 3 && !isLoaded(new NamePattern(parts.get(1)))) {
            missing.report(
                    point,
                    ProbeKind.RAW_TRACEPOINT,
                    Optional.of("No BTF found for " + parts.get(1) + ":" + parts.get(2) + "."));
            return List.of();
        }
        List<String> found = system.tracepoints().raw(new NamePattern(parts.getLast()));
        if (found.isEmpty()) {
            missing.report(
                    point,
                    ProbeKind.RAW_TRACEPOINT,
                    Spelling.hints(parts.getLast(), system.tracepoints().raw(NamePattern.ANY)));
        }
        return found.stream()
                .map(event -> new Attachment(
                        "rawtracepoint:" + system.tracepoints().module(event) + ":" + event,
                        ProbeKind.RAW_TRACEPOINT,
                        new ProbeTarget.RawTracepoint(event, false),
                        point.source()))
                .toList();
    }

    private List<Attachment> iterator(AttachText point) {
        List<String> parts = point.parts();
        if (parts.size() != 2 && parts.size() != 3) {
            diagnostics.error(point.span(), "iter probe type requires 1 or 2 arguments, found " + (parts.size() - 1));
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
        if (parts.size() != 2 && parts.size() != 3) {
            diagnostics.error(
                    point.span(), kind.text() + " probe type requires 1 or 2 arguments, found " + (parts.size() - 1));
            return List.of();
        }
        Optional<String> module = parts.size() == 3 ? Optional.of(parts.get(1)) : Optional.empty();
        String text = parts.getLast();
        int plus = text.indexOf('+');
        OptionalLong offset = plus < 0 ? OptionalLong.of(0) : IntegerScanner.whole(text.substring(plus + 1));
        if (offset.isEmpty()) {
            diagnostics.error(point.span(), "Invalid offset: " + text.substring(plus + 1));
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
            List<String> known = name.hasWildcard()
                    ? List.of()
                    : system.functions().matching(NamePattern.ANY, NamePattern.ANY).stream()
                            .map(KernelFunctions.Function::name)
                            .toList();
            missing.report(point, kind, reason(point, kind, module, name), Spelling.hints(name.text(), known));
            return List.of();
        }
        boolean byTypes = kind == ProbeKind.FENTRY || kind == ProbeKind.FEXIT;
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

    private Optional<String> reason(AttachText point, ProbeKind kind, Optional<String> module, NamePattern name) {
        if (kind == ProbeKind.FENTRY || kind == ProbeKind.FEXIT) {
            return Optional.of(
                    "No BTF found for " + module.map(each -> each + ":").orElse("") + name.text() + ".");
        }
        return module.filter(each -> !isLoaded(new NamePattern(each)))
                .map(each -> "specified module " + each + " in probe " + kind.text() + ":"
                        + String.join(
                                ":", point.parts().subList(1, point.parts().size())) + " is not loaded.");
    }

    private boolean isLoaded(NamePattern module) {
        return module.matches("vmlinux")
                || system.types().modules().stream().anyMatch(module::matches)
                || !system.functions().matching(module, NamePattern.ANY).isEmpty();
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
