package dev.skep.trace.record;

import dev.skep.object.Location;
import dev.skep.object.btf.Btf;
import dev.skep.trace.system.Binaries;
import dev.skep.trace.system.KernelFunctions;
import dev.skep.trace.system.KernelTypes;
import dev.skep.trace.system.Machine;
import dev.skep.trace.system.NamePattern;
import dev.skep.trace.system.SystemCalls;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.system.Tracepoints;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** The machine that a recording was made on, as far as the recording knows it. */
public final class RecordedSystem implements TraceSystem {
    private final Recording recording;
    private final Optional<Btf> btf;

    /** @throws dev.skep.object.InputException if the kernel's types in it are damaged */
    public RecordedSystem(Recording recording) {
        this.recording = recording;
        this.btf = facts(Entry.KernelBtf.class)
                .findFirst()
                .map(types -> Btf.open(types.content().toArray(), Location.in("the recording's kernel types")));
    }

    private <T extends Entry.Fact> Stream<T> facts(Class<T> kind) {
        return recording.facts().stream().filter(kind::isInstance).map(kind::cast);
    }

    private <T extends Entry.Fact, R> List<R> all(Class<T> kind, Function<T, R> content) {
        return facts(kind).map(content).distinct().toList();
    }

    private boolean areTogether(boolean ofKernel) {
        return facts(Entry.AttachedTogether.class)
                .filter(each -> each.ofKernel() == ofKernel)
                .anyMatch(Entry.AttachedTogether::together);
    }

    @Override
    public KernelTypes types() {
        return new KernelTypes() {
            @Override
            public boolean available() {
                return btf.isPresent();
            }

            @Override
            public Optional<Btf> kernel() {
                return btf;
            }

            @Override
            public List<String> modules() {
                return List.of();
            }

            @Override
            public Optional<Btf> module(String name) {
                return name.equals("vmlinux") ? btf : Optional.empty();
            }
        };
    }

    @Override
    public KernelFunctions functions() {
        return new KernelFunctions() {
            @Override
            public List<Function> matching(NamePattern module, NamePattern name) {
                return all(Entry.KernelFunction.class, Entry.KernelFunction::function).stream()
                        .filter(each -> module.matches(each.module()) && name.matches(each.name()))
                        .toList();
            }

            @Override
            public boolean areAttachedTogether() {
                return areTogether(true);
            }

            @Override
            public boolean isTraceable(String name) {
                return !matching(NamePattern.ANY, new NamePattern(name)).isEmpty();
            }

            @Override
            public OptionalLong address(String symbol) {
                return facts(Entry.KernelAddress.class)
                        .filter(each -> each.symbol().equals(symbol))
                        .map(Entry.KernelAddress::address)
                        .findFirst()
                        .orElse(OptionalLong.empty());
            }
        };
    }

    @Override
    public Tracepoints tracepoints() {
        List<Tracepoints.Format> formats = all(Entry.Tracepoint.class, Entry.Tracepoint::format);
        return new Tracepoints() {
            @Override
            public List<Name> events(NamePattern category, NamePattern event) {
                return formats.stream()
                        .map(Format::name)
                        .filter(name -> category.matches(name.category()) && event.matches(name.event()))
                        .toList();
            }

            @Override
            public List<String> categories() {
                return formats.stream()
                        .map(format -> format.name().category())
                        .distinct()
                        .sorted()
                        .toList();
            }

            @Override
            public Optional<Format> format(String category, String event) {
                Name name = new Name(category, event);
                return formats.stream()
                        .filter(format -> format.name().equals(name))
                        .findFirst();
            }

            @Override
            public List<String> raw(NamePattern event) {
                return all(Entry.RawTracepoint.class, Entry.RawTracepoint::event).stream()
                        .filter(event::matches)
                        .toList();
            }
        };
    }

    @Override
    public Binaries binaries() {
        return new RecordedBinaries();
    }

    @Override
    public Machine machine() {
        return new RecordedMachine();
    }

    /** Files of which nothing but what is recorded is known. */
    private final class RecordedBinaries implements Binaries {
        @Override
        public List<String> find(String name, OptionalInt pid) {
            return facts(Entry.Files.class)
                    .filter(files -> files.name().equals(name) || files.paths().contains(name))
                    .map(files -> files.name().equals(name) ? files.paths() : List.of(name))
                    .findFirst()
                    .orElse(List.of());
        }

        @Override
        public List<String> mapped(int pid) {
            return facts(Entry.Mapped.class)
                    .filter(files -> files.pid() == pid)
                    .map(Entry.Mapped::paths)
                    .findFirst()
                    .orElse(List.of());
        }

        @Override
        public List<String> mappedByAll() {
            return mapped(0);
        }

        @Override
        public boolean areAttachedTogether() {
            return areTogether(false);
        }

        private Stream<Symbol> symbols(String path) {
            return facts(Entry.FileFunction.class)
                    .filter(each -> each.path().equals(path))
                    .map(Entry.FileFunction::symbol)
                    .distinct();
        }

        @Override
        public List<Symbol> symbols(String path, NamePattern name) {
            return symbols(path)
                    .filter(symbol -> name.matches(symbol.name()) || name.matches(symbol.readable()))
                    .toList();
        }

        @Override
        public List<Symbol> cppSymbols(String path, NamePattern name) {
            return symbols(path).filter(symbol -> symbol.reads(name)).toList();
        }

        @Override
        public Optional<Symbol> symbol(String path, String name) {
            return symbols(path)
                    .filter(symbol -> symbol.name().equals(name)
                            || symbol.readable().equals(name)
                            || symbol.readable().startsWith(name + "("))
                    .findFirst();
        }

        @Override
        public Optional<Symbol> object(String path, String name) {
            return facts(Entry.FileObject.class)
                    .filter(each ->
                            each.path().equals(path) && each.symbol().name().equals(name))
                    .map(Entry.FileObject::symbol)
                    .findFirst();
        }

        @Override
        public List<UsdtSite> usdt(String path) {
            return facts(Entry.StaticProbe.class)
                    .filter(each -> each.path().equals(path))
                    .map(Entry.StaticProbe::site)
                    .distinct()
                    .toList();
        }
    }

    /** Its processors, users and control groups. */
    private final class RecordedMachine implements Machine {
        private final SystemCalls systemCalls =
                SystemCalls.of(recording.origin().architecture());

        @Override
        public int possibleCpus() {
            return recording.origin().possibleCpus();
        }

        @Override
        public int onlineCpus() {
            return recording.origin().onlineCpus();
        }

        @Override
        public String architecture() {
            return recording.origin().architecture();
        }

        @Override
        public Optional<String> userName(long id) {
            return facts(Entry.User.class)
                    .filter(user -> user.id() == id)
                    .findFirst()
                    .flatMap(Entry.User::name);
        }

        @Override
        public OptionalLong cgroupId(String path) {
            return facts(Entry.GroupId.class)
                    .filter(group -> group.path().equals(path))
                    .map(Entry.GroupId::id)
                    .findFirst()
                    .orElse(OptionalLong.empty());
        }

        @Override
        public List<String> cgroupPaths(long id, String filter) {
            return facts(Entry.GroupPaths.class)
                    .filter(group -> group.id() == id && group.filter().equals(filter))
                    .map(Entry.GroupPaths::paths)
                    .findFirst()
                    .orElse(List.of());
        }

        @Override
        public Optional<String> systemCall(int number) {
            return systemCalls.name(number);
        }

        @Override
        public List<String> iterators() {
            return all(Entry.Iterators.class, Entry.Iterators::kinds).stream()
                    .flatMap(List::stream)
                    .distinct()
                    .toList();
        }
    }
}
