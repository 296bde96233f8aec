package dev.skep.trace.system;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.ByteSource;
import dev.skep.object.btf.EarlyMember;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A machine made up in memory: what a test puts in is what there is. */
public final class FakeSystem implements TraceSystem, KernelTypes, KernelFunctions, Tracepoints, Binaries, Machine {
    private final Map<String, Btf> types = new TreeMap<>();
    private final List<Function> functions = new ArrayList<>();
    private final Map<String, Long> addresses = new HashMap<>();
    private final List<Format> tracepoints = new ArrayList<>();
    private final List<String> rawTracepoints = new ArrayList<>();
    private final Map<String, List<Symbol>> symbols = new TreeMap<>();
    private final Map<String, List<UsdtSite>> usdt = new TreeMap<>();
    private final Map<Long, String> users = new HashMap<>();
    private final Map<Long, String> cgroups = new HashMap<>();
    private Optional<PidNamespace> namespace = Optional.empty();
    private boolean typesAreKnown;

    /** @param module {@code vmlinux} for the kernel itself */
    public FakeSystem withTypes(String module, Btf btf) {
        types.put(module, btf);
        return this;
    }

    /** Programs may load from the kernel's structures. */
    public FakeSystem whoseTypesAreKnownToVerifier() {
        typesAreKnown = true;
        return this;
    }

    @Override
    public boolean areKnownToVerifier() {
        return typesAreKnown;
    }

    @Override
    public OptionalInt earlyArray(String structure, String member, int length) {
        return kernel().map(Btf::write)
                .map(bytes -> EarlyMember.array(new InMemory(bytes), bytes.length, structure, member, length))
                .orElse(OptionalInt.empty());
    }

    private record InMemory(byte[] bytes) implements ByteSource {
        @Override
        public int length() {
            return bytes.length;
        }

        @Override
        public void copy(int offset, byte[] target, int at, int length) {
            System.arraycopy(bytes, offset, target, at, length);
        }
    }

    /** Functions that can be traced. */
    public FakeSystem withFunctions(String module, String... names) {
        Stream.of(names).map(name -> new Function(module, name)).forEach(functions::add);
        return this;
    }

    /** A symbol of the kernel. */
    public FakeSystem withAddress(String symbol, long address) {
        addresses.put(symbol, address);
        return this;
    }

    /** A tracepoint, whose fields are laid out by the caller. */
    public FakeSystem withTracepoint(String category, String event, Field... fields) {
        tracepoints.add(new Format(new Name(category, event), tracepoints.size() + 1, List.of(fields)));
        return this;
    }

    /** Raw tracepoints. */
    public FakeSystem withRawTracepoints(String... events) {
        rawTracepoints.addAll(List.of(events));
        return this;
    }

    /** A program or library. */
    public FakeSystem withBinary(String path, Symbol... functionsOfIt) {
        symbols.put(path, List.of(functionsOfIt));
        return this;
    }

    /** The static probes of a program. */
    public FakeSystem withUsdt(String path, UsdtSite... sites) {
        symbols.putIfAbsent(path, List.of());
        usdt.put(path, List.of(sites));
        return this;
    }

    /** A user. */
    public FakeSystem withUser(long id, String name) {
        users.put(id, name);
        return this;
    }

    /** The PID namespace that the tracer is in. */
    public FakeSystem withPidNamespace(PidNamespace newNamespace) {
        namespace = Optional.of(newNamespace);
        return this;
    }

    @Override
    public Optional<PidNamespace> pidNamespace() {
        return namespace;
    }

    /** A control group. */
    public FakeSystem withCgroup(long id, String path) {
        cgroups.put(id, path);
        return this;
    }

    @Override
    public KernelTypes types() {
        return this;
    }

    @Override
    public KernelFunctions functions() {
        return this;
    }

    @Override
    public Tracepoints tracepoints() {
        return this;
    }

    @Override
    public Binaries binaries() {
        return this;
    }

    @Override
    public Machine machine() {
        return this;
    }

    @Override
    public boolean available() {
        return kernel().isPresent();
    }

    @Override
    public Optional<Btf> kernel() {
        return module("vmlinux");
    }

    @Override
    public List<String> modules() {
        return types.keySet().stream().filter(name -> !name.equals("vmlinux")).toList();
    }

    @Override
    public Optional<Btf> module(String name) {
        return Optional.ofNullable(types.get(name));
    }

    @Override
    public List<Function> matching(NamePattern module, NamePattern name) {
        return functions.stream()
                .filter(each -> module.matches(each.module()) && name.matches(each.name()))
                .toList();
    }

    @Override
    public boolean areAttachedTogether() {
        return false;
    }

    @Override
    public boolean isTraceable(String name) {
        return functions.stream().anyMatch(each -> each.name().equals(name));
    }

    @Override
    public OptionalLong address(String symbol) {
        Long found = addresses.get(symbol);
        return found == null ? OptionalLong.empty() : OptionalLong.of(found);
    }

    @Override
    public List<Name> events(NamePattern category, NamePattern event) {
        return tracepoints.stream()
                .map(Format::name)
                .filter(each -> category.matches(each.category()) && event.matches(each.event()))
                .toList();
    }

    @Override
    public List<String> categories() {
        return tracepoints.stream()
                .map(each -> each.name().category())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public Optional<Format> format(String category, String event) {
        return tracepoints.stream()
                .filter(each -> each.name().equals(new Name(category, event)))
                .findFirst();
    }

    @Override
    public List<String> raw(NamePattern event) {
        return rawTracepoints.stream().filter(event::matches).toList();
    }

    @Override
    public List<String> find(String name, OptionalInt pid) {
        NamePattern path = new NamePattern(name.startsWith("/") ? name : "*/" + name);
        return symbols.keySet().stream().filter(path::matches).toList();
    }

    @Override
    public List<String> mappedByAll() {
        return mapped(1);
    }

    @Override
    public List<String> mapped(int pid) {
        return List.copyOf(symbols.keySet());
    }

    @Override
    public List<Symbol> cppSymbols(String path, NamePattern name) {
        return symbols.getOrDefault(path, List.of()).stream()
                .filter(symbol -> symbol.reads(name))
                .toList();
    }

    @Override
    public List<Symbol> symbols(String path, NamePattern name) {
        return symbols.getOrDefault(path, List.of()).stream()
                .filter(each -> name.matches(each.name()) || name.matches(each.readable()))
                .toList();
    }

    @Override
    public Optional<Symbol> symbol(String path, String name) {
        return symbols.getOrDefault(path, List.of()).stream()
                .filter(each -> each.name().equals(name)
                        || each.readable().equals(name)
                        || each.readable().startsWith(name + "("))
                .findFirst();
    }

    @Override
    public Optional<Symbol> object(String path, String name) {
        return symbol(path, name);
    }

    @Override
    public List<UsdtSite> usdt(String path) {
        return usdt.getOrDefault(path, List.of());
    }

    @Override
    public int possibleCpus() {
        return 2;
    }

    @Override
    public int onlineCpus() {
        return 2;
    }

    @Override
    public String architecture() {
        return "x86_64";
    }

    @Override
    public Optional<String> userName(long id) {
        return Optional.ofNullable(users.get(id));
    }

    @Override
    public OptionalLong cgroupId(String path) {
        return cgroups.entrySet().stream()
                .filter(each -> each.getValue().equals(path))
                .mapToLong(Map.Entry::getKey)
                .findFirst();
    }

    @Override
    public List<String> cgroupPaths(long id, String filter) {
        return Optional.ofNullable(cgroups.get(id)).stream().toList();
    }

    @Override
    public Optional<String> systemCall(int number) {
        return number == 0 ? Optional.of("read") : Optional.empty();
    }

    @Override
    public List<String> iterators() {
        return List.of("task", "task_file", "task_vma");
    }
}
