package dev.skep.trace.code;

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

/** A machine, without what others may not have: links to many functions, addresses that change with each boot. */
record PortableSystem(TraceSystem here) implements TraceSystem {
    @Override
    public KernelTypes types() {
        return here.types();
    }

    @Override
    public Tracepoints tracepoints() {
        return here.tracepoints();
    }

    @Override
    public KernelFunctions functions() {
        return new Functions(here.functions());
    }

    @Override
    public Binaries binaries() {
        return new Files(here.binaries());
    }

    @Override
    public Machine machine() {
        return here.machine();
    }

    private record Functions(KernelFunctions here) implements KernelFunctions {
        @Override
        public List<Function> matching(NamePattern module, NamePattern name) {
            return here.matching(module, name);
        }

        @Override
        public boolean isTraceable(String name) {
            return here.isTraceable(name);
        }

        @Override
        public OptionalLong address(String symbol) {
            return OptionalLong.empty();
        }
    }

    private record Files(Binaries here) implements Binaries {
        @Override
        public List<String> find(String name, OptionalInt pid) {
            return here.find(name, pid);
        }

        @Override
        public List<String> mapped(int pid) {
            return here.mapped(pid);
        }

        @Override
        public List<String> mappedByAll() {
            return here.mappedByAll();
        }

        @Override
        public List<Symbol> symbols(String path, NamePattern name) {
            return here.symbols(path, name);
        }

        @Override
        public List<Symbol> cppSymbols(String path, NamePattern name) {
            return here.cppSymbols(path, name);
        }

        @Override
        public Optional<Symbol> symbol(String path, String name) {
            return here.symbol(path, name);
        }

        @Override
        public Optional<Symbol> object(String path, String name) {
            return here.object(path, name);
        }

        @Override
        public List<UsdtSite> usdt(String path) {
            return here.usdt(path);
        }
    }
}
