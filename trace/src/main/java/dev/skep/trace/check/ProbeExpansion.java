package dev.skep.trace.check;

import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Spelling;
import dev.skep.trace.syntax.IntegerScanner;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.tree.Script.AttachPoint;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Finds the places on a machine that attach points of a script name. */
final class ProbeExpansion {
    private static final long LEAST_NANOSECONDS = 1000;

    private static final Map<String, ProbeTarget.Period> PERIODS = Map.of(
            "hz", ProbeTarget.Period.HERTZ,
            "us", ProbeTarget.Period.MICROSECONDS,
            "ms", ProbeTarget.Period.MILLISECONDS,
            "s", ProbeTarget.Period.SECONDS);

    private final Diagnostics diagnostics;
    private final List<String> arguments;
    private final KernelProbes kernel;
    private final UserProbes user;

    /** @param pid the process that is traced, if it is one @param unsafe whether places are taken as they are @param arguments what may stand in attach points */
    ProbeExpansion(
            TraceSystem system,
            OptionalInt pid,
            boolean unsafe,
            List<String> arguments,
            Diagnostics diagnostics,
            MissingProbes missing) {
        this.arguments = arguments;
        this.diagnostics = diagnostics;
        this.kernel = new KernelProbes(system, diagnostics, missing);
        this.user = new UserProbes(system, pid, unsafe, diagnostics, missing);
    }

    /** The places of an attach point, in the machine's order; none if there is none, which is reported. */
    List<Attachment> expand(AttachPoint source) {
        AttachText point = AttachText.of(source, arguments);
        Optional<ProbeKind> kind = ProbeKind.named(point.provider());
        if (kind.isEmpty()) {
            List<String> names =
                    Arrays.stream(ProbeKind.values()).map(ProbeKind::text).toList();
            diagnostics.error(
                    point.span(), "Invalid probe type: " + point.provider(), Spelling.hints(point.provider(), names));
            return List.of();
        }
        return switch (kind.get()) {
            case BEGIN -> once(point, kind.get(), new ProbeTarget.Begin());
            case END -> once(point, kind.get(), new ProbeTarget.End());
            case SELF -> self(point);
            case TEST ->
                named(point, kind.get())
                        .map(name -> one(point, kind.get(), name, new ProbeTarget.Test(name)))
                        .orElse(List.of());
            case BENCH ->
                named(point, kind.get())
                        .map(name -> one(point, kind.get(), name, new ProbeTarget.Bench(name)))
                        .orElse(List.of());
            case PROFILE, INTERVAL -> timed(point, kind.get());
            case SOFTWARE, HARDWARE -> counted(point, kind.get());
            case WATCHPOINT -> watched(point, kind.get());
            case UPROBE, URETPROBE, USDT -> user.expand(point, kind.get());
            default -> kernel.expand(point, kind.get());
        };
    }

    private List<Attachment> once(AttachText point, ProbeKind kind, ProbeTarget target) {
        if (!hasParts(point, kind, 1, 1)) {
            return List.of();
        }
        return List.of(new Attachment(kind.text(), kind, target, point.source()));
    }

    private List<Attachment> self(AttachText point) {
        if (!hasParts(point, ProbeKind.SELF, 3, 3)) {
            return List.of();
        }
        if (!point.parts().get(1).equals("signal")) {
            diagnostics.error(point.span(), point.parts().get(1) + " is not a supported trigger", "Only signal is");
            return List.of();
        }
        String signal = point.parts().get(2);
        if (!signal.equals("SIGUSR1")) {
            diagnostics.error(point.span(), signal + " is not a supported signal", "Only SIGUSR1 is");
            return List.of();
        }
        return one(point, ProbeKind.SELF, "signal:" + signal, new ProbeTarget.SelfSignal(signal));
    }

    private Optional<String> named(AttachText point, ProbeKind kind) {
        return hasParts(point, kind, 2, 2) ? Optional.of(point.parts().get(1)) : Optional.empty();
    }

    private static List<Attachment> one(AttachText point, ProbeKind kind, String rest, ProbeTarget target) {
        return List.of(new Attachment(kind.text() + ":" + rest, kind, target, point.source()));
    }

    private List<Attachment> timed(AttachText point, ProbeKind kind) {
        if (!hasParts(point, kind, 2, 3)) {
            return List.of();
        }
        List<String> parts = point.parts();
        String unit = parts.size() == 3 ? parts.get(1) : "";
        ProbeTarget.Period period = unit.isEmpty() ? ProbeTarget.Period.NANOSECONDS : PERIODS.get(unit);
        if (period == null) {
            diagnostics.error(point.span(), unit + " is not an accepted unit of time", "Accepted: hz, us, ms, s");
            return List.of();
        }
        OptionalLong count = IntegerScanner.whole(parts.getLast());
        if (count.isEmpty() || count.getAsLong() <= 0) {
            boolean negative = count.isPresent() || parts.getLast().startsWith("-");
            diagnostics.error(
                    point.span(),
                    negative
                            ? kind.text() + " frequency should be a positive integer"
                            : "Invalid rate of " + kind.text() + " probe: " + notNumber(parts.getLast()));
            return List.of();
        }
        if (period == ProbeTarget.Period.NANOSECONDS && count.getAsLong() < LEAST_NANOSECONDS) {
            diagnostics.error(
                    point.span(),
                    "Invalid rate of " + kind.text() + " probe. Minimum is 1000 or 1us. Found: " + count.getAsLong()
                            + " nanoseconds");
            return List.of();
        }
        ProbeTarget target = kind == ProbeKind.PROFILE
                ? new ProbeTarget.Profile(period, count.getAsLong())
                : new ProbeTarget.Interval(period, count.getAsLong());
        String name = unit.isEmpty() ? "us:" + count.getAsLong() / LEAST_NANOSECONDS : unit + ":" + count.getAsLong();
        return one(point, kind, name, target);
    }

    private List<Attachment> counted(AttachText point, ProbeKind kind) {
        if (!hasParts(point, kind, 2, 3)) {
            return List.of();
        }
        List<String> parts = point.parts();
        String name = parts.get(1);
        boolean software = kind == ProbeKind.SOFTWARE;
        Optional<Integer> event = software ? PerfEvents.software(name) : PerfEvents.hardware(name);
        if (event.isEmpty()) {
            Map<String, Integer> known = software ? PerfEvents.SOFTWARE : PerfEvents.HARDWARE;
            diagnostics.error(
                    point.span(), name + " is not a " + kind.text() + " probe", Spelling.hints(name, known.keySet()));
            return List.of();
        }
        String countText = parts.size() == 3 ? parts.get(2) : "";
        OptionalLong count = countText.isEmpty() ? OptionalLong.of(0) : IntegerScanner.whole(countText);
        if (count.isEmpty()) {
            diagnostics.error(point.span(), "Invalid count for " + kind.text() + " probe: " + notNumber(countText));
            return List.of();
        }
        ProbeTarget target = software
                ? new ProbeTarget.Software(event.get(), count.getAsLong())
                : new ProbeTarget.Hardware(event.get(), count.getAsLong());
        return one(point, kind, name + (countText.isEmpty() ? "" : ":" + count.getAsLong()), target);
    }

    private List<Attachment> watched(AttachText point, ProbeKind kind) {
        if (!hasParts(point, kind, 4, 4)) {
            return List.of();
        }
        OptionalLong length = IntegerScanner.whole(point.parts().get(2));
        String access = point.parts().get(3);
        if (length.isEmpty()) {
            String problem = notNumber(point.parts().get(2));
            diagnostics.error(point.span(), "Invalid length argument: " + problem);
            return List.of();
        }
        if (!List.of(1L, 2L, 4L, 8L).contains(length.getAsLong())) {
            diagnostics.error(point.span(), "watchpoint length must be one of (1,2,4,8)");
            return List.of();
        }
        Optional<String> problem = accessProblem(access);
        if (problem.isPresent()) {
            diagnostics.error(point.span(), problem.get());
            return List.of();
        }
        String place = point.parts().get(1);
        OptionalLong address = IntegerScanner.whole(place);
        if (address.isEmpty()) {
            diagnostics.error(point.span(), "Invalid function/address argument: " + notNumber(place));
            return List.of();
        }
        if (address.getAsLong() == 0) {
            diagnostics.error(point.span(), "watchpoint must be attached to a non-zero address");
            return List.of();
        }
        String rest = Long.toUnsignedString(address.getAsLong()) + ":" + length.getAsLong() + ":" + access;
        return one(
                point, kind, rest, new ProbeTarget.Watchpoint(address.getAsLong(), (int) length.getAsLong(), access));
    }

    /** What processors cannot watch for: reads alone, and execution with anything else. */
    private static Optional<String> accessProblem(String access) {
        if (access.isEmpty() || !access.chars().allMatch(c -> "rwx".indexOf(c) >= 0)) {
            return Optional.of("watchpoint mode must be combination of (r,w,x)");
        }
        if (access.chars().distinct().count() != access.length()) {
            return Optional.of("watchpoint modes may not be duplicated");
        }
        boolean executes = access.contains("x");
        return access.equals("r") || (executes && access.length() > 1)
                ? Optional.of("invalid watchpoint mode: " + access)
                : Optional.empty();
    }

    /** What is wrong with a text that should be a number. */
    static String notNumber(String text) {
        boolean begins = !text.isEmpty() && Character.isDigit(text.charAt(0));
        return (begins ? "invalid trailing bytes: " : "invalid integer: ") + text;
    }

    private boolean hasParts(AttachText point, ProbeKind kind, int least, int most) {
        int count = point.parts().size();
        if (count < least || count > most) {
            String wanted = least == most ? String.valueOf(least - 1) : (least - 1) + " or " + (most - 1);
            diagnostics.error(
                    point.span(), kind.text() + " probe type requires " + wanted + " arguments, found " + (count - 1));
            return false;
        }
        return true;
    }
}
