package dev.skep.cli.trace;

import dev.skep.trace.system.Binaries;
import dev.skep.trace.system.NamePattern;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.system.Tracepoints;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** {@code skep trace -l}: the probes that there are. */
final class ProbeListing {
    private static final List<String> UNITS = List.of("hz", "us", "ms", "s");
    private static final List<String> SOFTWARE = List.of(
            "alignment-faults",
            "bpf-output",
            "context-switches",
            "cpu-clock",
            "cpu-migrations",
            "dummy",
            "emulation-faults",
            "major-faults",
            "minor-faults",
            "page-faults",
            "task-clock",
            "cpu",
            "cs",
            "faults");
    private static final List<String> HARDWARE = List.of(
            "backend-stalls",
            "branch-instructions",
            "branch-misses",
            "branches",
            "bus-cycles",
            "cache-misses",
            "cache-references",
            "cpu-cycles",
            "cycles",
            "frontend-stalls",
            "instructions",
            "ref-cycles");

    private final TraceSystem system;
    private final OptionalInt pid;
    private final PrintWriter out;
    private final ProbeArguments arguments;
    private final boolean verbose;
    private final ErrorStream errors;
    private final Set<String> undescribed = new HashSet<>();

    /** @param pid whose files a uprobe's star stands for; empty for none's @param verbose arguments are shown, too */
    ProbeListing(TraceSystem system, OptionalInt pid, boolean verbose, PrintWriter out, ErrorStream errors) {
        this.system = system;
        this.pid = pid;
        this.verbose = verbose;
        this.out = out;
        this.errors = errors;
        this.arguments = new ProbeArguments(system);
    }

    /** Lists what patterns, separated by commas, match. */
    void list(String patterns) {
        TypeListing types = new TypeListing(system.types(), verbose, out);
        for (String pattern : patterns.split(",")) {
            String text = pattern.strip();
            if (TypeListing.isType(text)) {
                types.list(text);
            } else {
                listOne(text);
            }
        }
    }

    private void listOne(String text) {
        int cpp = text.indexOf(":cpp:"); // what follows has colons of its own
        String[] parts = text.split(":", cpp < 0 ? -1 : text.substring(0, cpp).split(":", -1).length + 2);
        boolean anything = parts.length == 1; // a search in the names of all
        NamePattern type = new NamePattern(anything ? "*" : ProviderNames.full(parts[0]));
        NamePattern last = new NamePattern(parts[parts.length - 1]);
        NamePattern middle = new NamePattern(parts.length > 2 ? parts[1] : "*");
        if (!anything && parts[0].startsWith("u") && !type.hasWildcard()) {
            binaries(type.text(), parts);
            return;
        }
        boolean ofFiles = parts.length > 1 && type.hasWildcard() && parts[1].contains("/");
        if (ofFiles || (pid.isPresent() && type.text().equals("*"))) {
            String[] every = ofFiles ? parts : new String[] {"*", "*", "*"};
            List.of("uprobe", "usdt").stream().filter(type::matches).forEach(each -> binaries(each, every));
            if (ofFiles) {
                return;
            }
        }
        kernelFunctions(type, middle, last);
        tracepoints(type, middle, last);
        // Their names are second to last where something may follow.
        counters(type, parts.length > 2 ? middle : last);
        if (type.matches("self") && middle.matches("signal") && last.matches("SIGUSR1")) {
            show("self:signal:SIGUSR1");
        }
        if (type.matches("iter")) {
            iterators(last);
        }
    }

    private void iterators(NamePattern name) {
        for (String kind : system.machine().iterators()) {
            if (name.matches(kind)) {
                show("iter:" + kind);
                if (verbose) {
                    arguments.ofIterator(kind).forEach(out::println);
                }
            }
        }
    }

    private void kernelFunctions(NamePattern type, NamePattern module, NamePattern name) {
        for (String provider : List.of("fentry", "fexit", "kprobe", "kretprobe")) {
            boolean byDefault = !type.text().equals("*") || provider.equals("kprobe") || provider.equals("fentry");
            if (byDefault && type.matches(provider)) {
                boolean needsTypes = provider.startsWith("f");
                system.functions().matching(module, name).stream()
                        .filter(function -> !needsTypes || arguments.isDescribed(function))
                        .forEach(function -> {
                            String place = needsTypes || !module.text().equals("*")
                                    ? function.module() + ":" + function.name()
                                    : function.name();
                            show(provider + ":" + place);
                            if (verbose && needsTypes) {
                                arguments
                                        .ofFunction(function, provider.equals("fexit"))
                                        .forEach(out::println);
                            }
                        });
            }
        }
    }

    private void tracepoints(NamePattern type, NamePattern category, NamePattern event) {
        if (type.matches("rawtracepoint")) {
            for (String name : system.tracepoints().raw(event)) {
                String module = system.tracepoints().rawModule(name);
                if (!category.matches(module)) {
                    continue;
                }
                show("rawtracepoint:" + module + ":" + name);
                if (verbose) {
                    arguments.ofRawTracepoint(name).forEach(out::println);
                }
            }
        }
        if (type.matches("tracepoint")) {
            for (Tracepoints.Name name : system.tracepoints().events(category, event)) {
                show("tracepoint:" + name.category() + ":" + name.event());
                if (verbose) {
                    arguments.ofTracepoint(name).forEach(out::println);
                }
            }
        }
    }

    private void counters(NamePattern type, NamePattern name) {
        counters(type, name, "hardware", HARDWARE);
        counters(type, name, "interval", UNITS);
        counters(type, name, "profile", UNITS);
        counters(type, name, "software", SOFTWARE);
    }

    private void counters(NamePattern type, NamePattern name, String provider, List<String> names) {
        if (type.matches(provider)) {
            names.stream().filter(name::matches).forEach(each -> show(provider + ":" + each + ":"));
        }
    }

    /** {@code uprobe:PATH:FUNCTION}, {@code usdt:PATH:PROVIDER:NAME}. */
    private void binaries(String type, String[] parts) {
        NamePattern name = new NamePattern(parts.length > 2 ? parts[parts.length - 1] : "*");
        if (parts.length > 3 && parts[2].equals("cpp") && !type.equals("usdt")) {
            cppFunctions(type, parts[1], parts[3]);
            return;
        }
        for (String path : files(parts[1])) {
            if (type.equals("usdt")) {
                NamePattern provider = new NamePattern(parts.length > 3 ? parts[2] : "*");
                system.binaries().usdt(path).stream()
                        .filter(site -> provider.matches(site.provider()) && name.matches(site.name()))
                        .map(site -> "usdt:" + path + ":" + site.provider() + ":" + site.name())
                        .distinct()
                        .forEach(this::show);
            } else {
                system.binaries().symbols(path, name).stream()
                        .map(Binaries.Symbol::name)
                        .distinct()
                        .sorted()
                        .forEach(symbol -> function(type, path, symbol, symbol));
            }
        }
    }

    private void function(String type, String path, String shown, String symbol) {
        show(type + ":" + path + ":" + shown);
        if (!verbose || !type.equals("uprobe")) {
            return;
        }
        Optional<List<String>> lines = arguments.ofUserFunction(path, symbol);
        if (lines.isEmpty() && undescribed.add(path)) {
            errors.warn("No DWARF found for \"" + path + "\", cannot show parameter info");
        }
        lines.orElse(List.of()).forEach(out::println);
    }

    private void cppFunctions(String type, String file, String quoted) {
        NamePattern name = new NamePattern(quoted.replace("\"", ""));
        for (String path : files(file)) {
            system.binaries().cppSymbols(path, name).stream()
                    .distinct()
                    .sorted(Comparator.comparing(Binaries.Symbol::readable))
                    .forEach(symbol -> function(type, path, "cpp:\"" + symbol.readable() + "\"", symbol.name()));
        }
    }

    private List<String> files(String pattern) {
        return pid.isPresent() && pattern.equals("*")
                ? system.binaries().mapped(pid.getAsInt())
                : system.binaries().find(pattern, pid);
    }

    private void show(String probe) {
        out.println(probe);
    }
}
