package dev.skep.linux.link;

import dev.skep.linux.machine.KernelConfiguration;
import dev.skep.linux.perf.EventUnit;
import dev.skep.linux.perf.PerfEventAttr;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.symbol.KernelSymbols;
import dev.skep.linux.tracefs.DynamicEvent;
import dev.skep.object.attach.ProbePoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A place in the kernel's code, or the return of one of its functions (Linux 4.17 by perf_event_open(2), 4.1 by
 * tracefs; cookies 5.15).
 *
 * <pre>{@code
 * LinuxLink link = host.attach(program, ProbePoint.Kprobe.entry("do_unlinkat"));
 * }</pre>
 */
final class KprobeAttachment {
    private KprobeAttachment() {}

    static LinuxLink attach(LinuxProgram program, ProbePoint.Kprobe point) {
        return attach(program, point, point);
    }

    /** @param shown what the user called the place */
    static LinuxLink attach(LinuxProgram program, ProbePoint shown, ProbePoint.Kprobe point) {
        String attempted = "attach " + program + " to " + shown.describe();
        requireConfigured(attempted, "CONFIG_KPROBES", "CONFIG_KPROBE_EVENTS");
        ProbeEvent event = new ProbeEvent(program, shown, OptionalInt.empty(), point.cookie(), point.mode(), attempted);
        try (Arena arena = Arena.ofConfined()) {
            return event.attach(
                    "kprobe",
                    (attr, unit) -> fill(attr, unit, point, arena),
                    () -> DynamicEvent.create(
                            event.traceFs(), DynamicEvent.Kind.KPROBE, point.atReturn(), place(point), attempted));
        } catch (HostException e) {
            throw explained(e, point, attempted);
        }
    }

    private static void fill(PerfEventAttr attr, EventUnit unit, ProbePoint.Kprobe point, Arena arena) {
        attr.set(PerfEventAttr.TYPE, unit.type())
                .set(PerfEventAttr.CONFIG, unit.config(point.atReturn(), 0))
                .set(PerfEventAttr.PROBE_OFFSET, point.offset());
        if (!point.function().isEmpty()) {
            attr.set(PerfEventAttr.KPROBE_FUNC, arena.allocateFrom(point.function()));
        }
    }

    private static String place(ProbePoint.Kprobe point) {
        String offset = "0x" + Long.toHexString(point.offset());
        return point.function().isEmpty()
                ? offset
                : point.offset() == 0 ? point.function() : point.function() + "+" + offset;
    }

    /** @throws HostException EOPNOTSUPP if the kernel says that it was built without one of {@code options} */
    static void requireConfigured(String attempted, String... options) {
        Optional<KernelConfiguration> configuration = KernelConfiguration.running();
        List<String> missing = configuration.stream()
                .flatMap(known -> List.of(options).stream().filter(option -> !known.isSet(option)))
                .toList();
        if (!missing.isEmpty()) {
            throw new HostException(
                    Errno.EOPNOTSUPP,
                    "cannot " + attempted + ": this kernel is built without " + String.join(" and ", missing) + " ("
                            + configuration.orElseThrow().file() + ")");
        }
    }

    private static HostException explained(HostException refusal, ProbePoint.Kprobe point, String attempted) {
        String why = switch (refusal.errno()) {
            case ENOENT, EINVAL, EADDRNOTAVAIL -> whyNotThere(point);
            case EILSEQ -> "0x" + Long.toHexString(point.offset()) + " is not where an instruction begins";
            default -> "";
        };
        return why.isEmpty() ? refusal : new HostException(refusal.errno(), "cannot " + attempted + ": " + why);
    }

    /** Why a function cannot be probed; "" if that is not the function's fault. */
    static String whyNotThere(ProbePoint.Kprobe point) {
        String function = point.function();
        if (function.isEmpty()) {
            return "";
        }
        KernelSymbols symbols = KernelSymbols.read();
        if (symbols.contains(function)) {
            return function
                    + " is there, but must not be probed (see blacklist in debugfs's kprobes), or not at this offset";
        }
        return symbols.variant(function)
                .map(variant ->
                        "the compiler has replaced " + function + " by " + variant + ", which may take other arguments")
                .orElseGet(() -> "the kernel has no function " + function
                        + " (in /proc/kallsyms); it may have been inlined" + symbols.nearest(function));
    }
}
