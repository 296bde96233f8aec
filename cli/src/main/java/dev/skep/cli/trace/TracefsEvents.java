package dev.skep.cli.trace;

import dev.skep.linux.tracefs.TraceFs;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;
import dev.skep.trace.system.KernelTypes;
import dev.skep.trace.system.NamePattern;
import dev.skep.trace.system.Tracepoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Tracepoints as tracefs has them; raw ones by the kernel's BTF too. */
final class TracefsEvents implements Tracepoints {
    private static final String RAW_TYPE_PREFIX = "btf_trace_";

    private final KernelTypes types;
    private final Supplier<Optional<TraceFs>> tracefs = Once.of(TraceFs::find);
    private final Supplier<List<Name>> all = Once.of(this::readAll);
    private final Supplier<TreeSet<String>> raw = Once.of(this::readRaw);

    TracefsEvents(KernelTypes types) {
        this.types = types;
    }

    private List<Name> readAll() {
        return tracefs.get().stream()
                .flatMap(found -> found.categories().stream()
                        .filter(category -> !category.equals("ftrace"))
                        .flatMap(category -> found.events(category).stream().map(event -> new Name(category, event))))
                .toList();
    }

    @Override
    public List<Name> events(NamePattern category, NamePattern event) {
        if (!category.hasWildcard() && !event.hasWildcard()) {
            boolean exists = tracefs.get()
                    .filter(found -> found.hasEvent(category.text(), event.text()))
                    .isPresent();
            return exists ? List.of(new Name(category.text(), event.text())) : List.of();
        }
        if (!category.hasWildcard()) {
            return tracefs.get().stream()
                    .flatMap(found -> found.events(category.text()).stream())
                    .filter(event::matches)
                    .map(each -> new Name(category.text(), each))
                    .toList();
        }
        return all.get().stream()
                .filter(each -> category.matches(each.category()) && event.matches(each.event()))
                .toList();
    }

    @Override
    public List<String> categories() {
        return tracefs.get().map(TraceFs::categories).orElse(List.of());
    }

    @Override
    public Optional<Format> format(String category, String event) {
        Optional<Path> file = tracefs.get()
                .map(found -> found.root()
                        .resolve("events")
                        .resolve(category)
                        .resolve(event)
                        .resolve("format"));
        try {
            return file.isPresent() && Files.isReadable(file.get())
                    ? Optional.of(EventFormat.parse(new Name(category, event), Files.readAllLines(file.get())))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // a module's event that goes away
        }
    }

    @Override
    public List<String> raw(NamePattern event) {
        if (event.hasWildcard()) {
            return raw.get().stream().filter(event::matches).toList();
        }
        boolean ofKernel = types.kernel().stream().anyMatch(btf -> isRaw(btf, event.text()));
        boolean exists = ofKernel
                || types.modules().stream()
                        .flatMap(module -> types.module(module).stream())
                        .anyMatch(btf -> isRaw(btf, event.text()));
        return exists ? List.of(event.text()) : List.of();
    }

    @Override
    public String rawModule(String event) {
        if (types.kernel().stream().anyMatch(btf -> isRaw(btf, event))) {
            return "vmlinux";
        }
        return types.modules().stream()
                .filter(module ->
                        types.module(module).filter(btf -> isRaw(btf, event)).isPresent())
                .findFirst()
                .orElse("vmlinux");
    }

    private TreeSet<String> readRaw() {
        TreeSet<String> names = new TreeSet<>();
        types.kernel().ifPresent(btf -> addRaw(btf, names));
        for (String module : types.modules()) {
            types.module(module).ifPresent(btf -> addRaw(btf, names));
        }
        return names;
    }

    private static boolean isRaw(Btf btf, String event) {
        return btf.find(RAW_TYPE_PREFIX + event, BtfType.Typedef.class).isPresent();
    }

    /** A raw tracepoint's arguments are those of a function type with a name. */
    private static void addRaw(Btf btf, TreeSet<String> names) {
        for (int id : btf.idsWithNameContaining(RAW_TYPE_PREFIX)) {
            if (btf.kind(id) == BtfKind.TYPEDEF && btf.name(id).startsWith(RAW_TYPE_PREFIX)) {
                names.add(btf.name(id).substring(RAW_TYPE_PREFIX.length()));
            }
        }
    }
}
