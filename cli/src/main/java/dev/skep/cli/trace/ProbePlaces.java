package dev.skep.cli.trace;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.link.LinuxLink;
import dev.skep.linux.perf.OnlineCpus;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.symbol.ElfBinary;
import dev.skep.linux.system.Closing;
import dev.skep.linux.usdt.UsdtNote;
import dev.skep.linux.usdt.UsdtSite;
import dev.skep.object.attach.AttachPoint;
import dev.skep.object.attach.PerfSource;
import dev.skep.object.attach.ProbeMode;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.attach.Sampling;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.run.Omission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Attaches programs where a plan's targets say. */
final class ProbePlaces {
    private static final int LONGEST_WATCH = 8;

    private final LinuxHost host;
    private final OptionalInt pid;
    private final FunctionGroups functions;
    private final Map<Long, List<AutoCloseable>> watchpoints = new HashMap<>();

    /** @param host stays the caller's @param pid the only process; empty for all */
    ProbePlaces(LinuxHost host, OptionalInt pid) {
        this.host = host;
        this.pid = pid;
        this.functions = new FunctionGroups(host, pid);
    }

    /**
     * Attaches a program.
     *
     * @param omitted is told of places that cannot be probed, of several
     * @throws HostException if there is no such place, or the kernel refuses
     */
    AutoCloseable attach(LinuxProgram program, ProbeTarget target, Consumer<Omission> omitted) {
        return switch (target) {
            case ProbeTarget.Kprobe kprobe ->
                kprobe.functions().size() > 1
                        ? functions.ofKernel(program, kprobe, omitted)
                        : link(program, kprobe(kprobe));
            case ProbeTarget.Fentry fentry ->
                link(
                        program,
                        new ProbePoint.BtfTracing((fentry.isReturn() ? "fexit/" : "fentry/") + fentry.function()));
            case ProbeTarget.FentryProgram fentry ->
                link(
                        program,
                        new ProbePoint.BtfTracing((fentry.isReturn() ? "fexit/" : "fentry/") + fentry.function()));
            case ProbeTarget.Tracepoint point ->
                link(program, new ProbePoint.Tracepoint(point.category(), point.event()));
            case ProbeTarget.RawTracepoint(String event, boolean typed) ->
                link(
                        program,
                        typed ? new ProbePoint.BtfTracing("tp_btf/" + event) : new ProbePoint.RawTracepoint(event));
            case ProbeTarget.Uprobe uprobe ->
                uprobe.symbols().size() > 1
                        ? functions.ofFile(program, uprobe, omitted)
                        : link(program, uprobe(uprobe));
            case ProbeTarget.Usdt usdt -> usdt(program, usdt);
            case ProbeTarget.Profile(ProbeTarget.Period period, long count) ->
                link(program, clock(period, count, OptionalInt.empty()));
            case ProbeTarget.Interval(ProbeTarget.Period period, long count) ->
                link(
                        program,
                        clock(period, count, OptionalInt.of(OnlineCpus.list().getFirst())));
            case ProbeTarget.Software(int event, long period) ->
                link(program, counter(PerfCounters.software(event, period)));
            case ProbeTarget.Hardware(int event, long period) ->
                link(program, counter(PerfCounters.hardware(event, period)));
            case ProbeTarget.Watchpoint watchpoint -> watch(program, watchpoint);
            case ProbeTarget.Iterator iterator -> iterator(program, iterator);
            case ProbeTarget.Begin _,
                    ProbeTarget.End _,
                    ProbeTarget.SelfSignal _,
                    ProbeTarget.Test _,
                    ProbeTarget.Bench _ -> throw new IllegalArgumentException(target + " is attached nowhere");
        };
    }

    private LinuxLink link(LinuxProgram program, AttachPoint point) {
        return host.attach(program, point);
    }

    private static ProbePoint kprobe(ProbeTarget.Kprobe target) {
        return new ProbePoint.Kprobe(
                target.functions().getFirst(), target.offset(), target.isReturn(), 0, ProbeMode.ANY);
    }

    private ProbePoint uprobe(ProbeTarget.Uprobe target) {
        boolean named = target.symbols().size() == 1;
        return new ProbePoint.Uprobe(
                path(target.binary()),
                named ? target.symbols().getFirst() : "",
                named ? target.offset() : fileOffset(target),
                pid,
                target.isReturn(),
                0,
                0,
                ProbeMode.ANY);
    }

    /** From the root, where it was written from here. */
    static String path(String binary) {
        return Path.of(binary).toAbsolutePath().normalize().toString();
    }

    private static long fileOffset(ProbeTarget.Uprobe target) {
        long address = target.address().orElse(0) + target.offset();
        try (ElfBinary binary = ElfBinary.open(Path.of(target.binary()))) {
            return binary.fileOffset(address)
                    .orElseThrow(() -> new HostException(
                            Errno.EINVAL, target.binary() + " has no code at 0x" + Long.toHexString(address)));
        }
    }

    /** At each place where the probe was compiled in, with the place's number as the cookie. */
    private AutoCloseable usdt(LinuxProgram program, ProbeTarget.Usdt target) {
        List<LinuxLink> links = new ArrayList<>();
        try (ElfBinary binary = ElfBinary.open(Path.of(target.binary()))) {
            String provider = target.provider().orElseGet(() -> provider(binary, target.name()));
            for (UsdtSite site : UsdtSite.find(binary, provider, target.name())) {
                links.add(link(
                        program,
                        new ProbePoint.Uprobe(
                                path(target.binary()),
                                "",
                                site.fileOffset(),
                                pid,
                                false,
                                site.semaphoreOffset(),
                                links.size(),
                                ProbeMode.ANY)));
            }
        } catch (RuntimeException e) {
            Closing.after(e, links);
            throw e;
        }
        return () -> Closing.all(links);
    }

    private static String provider(ElfBinary binary, String name) {
        return UsdtNote.of(binary).stream()
                .filter(note -> note.name().equals(name))
                .map(UsdtNote::provider)
                .findFirst()
                .orElseThrow(
                        () -> new HostException(Errno.ENOENT, "there is no probe " + name + " in " + binary.path()));
    }

    private ProbePoint clock(ProbeTarget.Period period, long count, OptionalInt cpu) {
        Sampling sampling = switch (period) {
            case HERTZ -> Sampling.hertz(count);
            case NANOSECONDS -> Sampling.every(count);
            case MICROSECONDS -> Sampling.every(count * 1_000);
            case MILLISECONDS -> Sampling.every(count * 1_000_000);
            case SECONDS -> Sampling.every(count * 1_000_000_000);
        };
        PerfSource source = new PerfSource.Software(PerfSource.SoftwareEvent.CPU_CLOCK);
        return new ProbePoint.PerfEvent(source, sampling, cpu.isPresent() ? OptionalInt.empty() : pid, cpu, 0);
    }

    private ProbePoint counter(PerfCounters.Counter counter) {
        return new ProbePoint.PerfEvent(
                counter.source(), Sampling.every(counter.period()), pid, OptionalInt.empty(), 0);
    }

    private AutoCloseable watch(LinuxProgram program, ProbeTarget.Watchpoint target) {
        PerfSource.Breakpoint.Access access = switch (target.access()) {
            case "r" -> PerfSource.Breakpoint.Access.READ;
            case "w" -> PerfSource.Breakpoint.Access.WRITE;
            case "x" -> PerfSource.Breakpoint.Access.EXECUTE;
            default -> PerfSource.Breakpoint.Access.READ_WRITE;
        };
        int length = access == PerfSource.Breakpoint.Access.EXECUTE ? LONGEST_WATCH : target.length();
        LinuxLink link = link(
                program,
                new ProbePoint.PerfEvent(
                        new PerfSource.Breakpoint(target.address(), length, access),
                        Sampling.every(1),
                        pid,
                        OptionalInt.empty(),
                        0));
        watchpoints.computeIfAbsent(target.address(), _ -> new ArrayList<>()).add(link);
        return link;
    }

    /** Detaches what watches an address. */
    void unwatch(long address) {
        List<AutoCloseable> links = watchpoints.remove(address);
        if (links != null) {
            Closing.all(links);
        }
    }

    private AutoCloseable iterator(LinuxProgram program, ProbeTarget.Iterator target) {
        LinuxLink link = link(program, new ProbePoint.Iterator(target.kind()));
        try {
            target.pin().ifPresent(path -> link.pin(pinPath(path)));
            return link;
        } catch (RuntimeException e) {
            Closing.after(e, List.of(link));
            throw e;
        }
    }

    /** A name alone is one in the usual bpf file system. */
    private static Path pinPath(String path) {
        return Path.of("/sys/fs/bpf").resolve(path);
    }
}
