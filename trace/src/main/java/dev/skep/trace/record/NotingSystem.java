package dev.skep.trace.record;

import dev.skep.object.Bytes;
import dev.skep.trace.system.Binaries;
import dev.skep.trace.system.KernelFunctions;
import dev.skep.trace.system.KernelTypes;
import dev.skep.trace.system.Machine;
import dev.skep.trace.system.NamePattern;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.system.Tracepoints;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A machine, of which is noted what it is asked.
 *
 * @param system the machine
 * @param notes gets the answers
 */
public record NotingSystem(TraceSystem system, Consumer<Entry.Fact> notes) implements TraceSystem {
    @Override
    public KernelTypes types() {
        return system.types();
    }

    /** Notes the kernel's types, as far as they are described. @param btf their bytes */
    public void noteTypes(byte[] btf) {
        notes.accept(new Entry.KernelBtf(Bytes.of(btf)));
    }

    @Override
    public KernelFunctions functions() {
        KernelFunctions functions = system.functions();
        return new KernelFunctions() {
            @Override
            public List<Function> matching(NamePattern module, NamePattern name) {
                List<Function> found = functions.matching(module, name);
                found.forEach(each -> notes.accept(new Entry.KernelFunction(each)));
                return found;
            }

            @Override
            public boolean areAttachedTogether() {
                boolean together = functions.areAttachedTogether();
                notes.accept(new Entry.AttachedTogether(true, together));
                return together;
            }

            @Override
            public boolean isTraceable(String name) {
                boolean traceable = functions.isTraceable(name);
                if (traceable) {
                    matching(NamePattern.ANY, new NamePattern(name));
                }
                return traceable;
            }

            @Override
            public OptionalLong address(String symbol) {
                OptionalLong found = functions.address(symbol);
                notes.accept(new Entry.KernelAddress(symbol, found));
                return found;
            }
        };
    }

    @Override
    public Tracepoints tracepoints() {
        Tracepoints tracepoints = system.tracepoints();
        return new Tracepoints() {
            @Override
            public List<Name> events(NamePattern category, NamePattern event) {
                List<Name> found = tracepoints.events(category, event);
                found.forEach(each -> format(each.category(), each.event()));
                return found;
            }

            @Override
            public List<String> categories() {
                return tracepoints.categories();
            }

            @Override
            public Optional<Format> format(String category, String event) {
                Optional<Format> found = tracepoints.format(category, event);
                found.ifPresent(format -> notes.accept(new Entry.Tracepoint(format)));
                return found;
            }

            @Override
            public List<String> raw(NamePattern event) {
                List<String> found = tracepoints.raw(event);
                found.forEach(each -> notes.accept(new Entry.RawTracepoint(each)));
                return found;
            }
        };
    }

    @Override
    public Binaries binaries() {
        return new NotingBinaries(system.binaries(), notes);
    }

    @Override
    public Machine machine() {
        return new NotingMachine(system.machine(), notes);
    }

    /** The files of a machine. */
    private record NotingBinaries(Binaries binaries, Consumer<Entry.Fact> notes) implements Binaries {
        @Override
        public List<String> find(String name, OptionalInt pid) {
            List<String> found = binaries.find(name, pid);
            notes.accept(new Entry.Files(name, found));
            return found;
        }

        @Override
        public boolean isBinary(String path) {
            return binaries.isBinary(path);
        }

        @Override
        public List<String> mapped(int pid) {
            List<String> found = binaries.mapped(pid);
            notes.accept(new Entry.Mapped(pid, found));
            return found;
        }

        @Override
        public List<String> mappedByAll() {
            List<String> found = binaries.mappedByAll();
            notes.accept(new Entry.Mapped(0, found));
            return found;
        }

        @Override
        public boolean areAttachedTogether() {
            boolean together = binaries.areAttachedTogether();
            notes.accept(new Entry.AttachedTogether(false, together));
            return together;
        }

        @Override
        public List<Symbol> symbols(String path, NamePattern name) {
            return noted(path, binaries.symbols(path, name));
        }

        @Override
        public List<Symbol> cppSymbols(String path, NamePattern name) {
            return noted(path, binaries.cppSymbols(path, name));
        }

        private List<Symbol> noted(String path, List<Symbol> found) {
            found.forEach(symbol -> notes.accept(new Entry.FileFunction(path, symbol)));
            return found;
        }

        @Override
        public Optional<Symbol> symbol(String path, String name) {
            Optional<Symbol> found = binaries.symbol(path, name);
            found.ifPresent(symbol -> notes.accept(new Entry.FileFunction(path, symbol)));
            return found;
        }

        @Override
        public Optional<Symbol> object(String path, String name) {
            Optional<Symbol> found = binaries.object(path, name);
            found.ifPresent(symbol -> notes.accept(new Entry.FileObject(path, symbol)));
            return found;
        }

        @Override
        public List<UsdtSite> usdt(String path) {
            List<UsdtSite> found = binaries.usdt(path);
            found.forEach(site -> notes.accept(new Entry.StaticProbe(path, site)));
            return found;
        }
    }
}
