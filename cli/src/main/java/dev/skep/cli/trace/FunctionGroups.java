package dev.skep.cli.trace;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.linux.symbol.ElfBinary;
import dev.skep.linux.symbol.FunctionIndex;
import dev.skep.linux.symbol.FunctionSymbol;
import dev.skep.linux.symbol.Probeability;
import dev.skep.object.attach.FunctionSelection;
import dev.skep.object.attach.ProbeMoment;
import dev.skep.object.attach.ProbePoint;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.run.Omission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Attaches programs to many functions together, each with its place among them as the cookie. */
final class FunctionGroups {
    private static final String MISTAKEN =
            "Linux takes the first instruction for another, and the program would go wrong";
    private static final String REFUSED = "the kernel cannot put a probe there";

    private final LinuxHost host;
    private final OptionalInt pid;

    /** @param host stays the caller's @param pid the only process; empty for all */
    FunctionGroups(LinuxHost host, OptionalInt pid) {
        this.host = host;
        this.pid = pid;
    }

    /** A function at an offset in a file, or of the kernel. @param number its place among those that the probe names */
    private record Place(long offset, int number, String name) {}

    AutoCloseable ofKernel(LinuxProgram program, ProbeTarget.Kprobe target, Consumer<Omission> omitted) {
        List<Place> all = IntStream.range(0, target.functions().size())
                .mapToObj(i -> new Place(0, i, target.functions().get(i)))
                .toList();
        return attach(
                all,
                places -> new ProbePoint.KprobeMulti(
                        new FunctionSelection.Named(
                                places.stream().map(Place::name).toList()),
                        moment(target.isReturn()),
                        cookies(places)),
                program,
                omitted);
    }

    AutoCloseable ofFile(LinuxProgram program, ProbeTarget.Uprobe target, Consumer<Omission> omitted) {
        Map<Probeability, List<Place>> all = new EnumMap<>(Probeability.class);
        try (ElfBinary binary = ElfBinary.open(Path.of(target.binary()))) {
            for (Place place : places(binary, target.symbols())) {
                all.computeIfAbsent(Probeability.at(binary, place.offset()), _ -> new ArrayList<>())
                        .add(place);
            }
        }
        List<Place> fine = all.getOrDefault(Probeability.FINE, List.of());
        List<Place> refused = all.getOrDefault(Probeability.REFUSED, List.of());
        List<Place> mistaken = all.getOrDefault(Probeability.MISTAKEN, List.of());
        if (fine.isEmpty()) { // the kernel's refusal, or else ours, says why
            fine = refused.isEmpty() ? mistaken : refused;
        } else {
            omit(MISTAKEN, mistaken, omitted);
            omit(REFUSED, refused, omitted);
        }
        return attach(
                fine,
                places -> new ProbePoint.UprobeMulti(
                        ProbePlaces.path(target.binary()),
                        new FunctionSelection.At(
                                places.stream().map(Place::offset).toList()),
                        moment(target.isReturn()),
                        pid,
                        List.of(),
                        cookies(places)),
                program,
                omitted);
    }

    /** Makes a link's point of places. */
    private interface Pointing {
        ProbePoint point(List<Place> places);
    }

    private AutoCloseable attach(List<Place> all, Pointing pointing, LinuxProgram program, Consumer<Omission> omitted) {
        Together<Place> together = Together.attach(all, places -> host.attach(program, pointing.point(places)));
        omit(REFUSED, together.refused(), omitted);
        return together;
    }

    private static void omit(String reason, List<Place> places, Consumer<Omission> omitted) {
        if (!places.isEmpty()) {
            omitted.accept(new Omission(reason, places.stream().map(Place::name).toList()));
        }
    }

    private static ProbeMoment moment(boolean isReturn) {
        return isReturn ? ProbeMoment.RETURN : ProbeMoment.ENTRY;
    }

    private static List<Long> cookies(List<Place> places) {
        return places.stream().map(place -> (long) place.number()).toList();
    }

    /** Each place once, by its offset, with the first of its names: several can stand for one function. */
    private static List<Place> places(ElfBinary binary, List<String> names) {
        Map<String, Integer> wanted = new HashMap<>();
        for (String name : names) {
            wanted.put(name, wanted.size());
        }
        Map<Long, Place> places = new TreeMap<>();
        for (FunctionSymbol symbol : FunctionIndex.read(binary.path()).functions()) {
            Integer number = wanted.get(symbol.name());
            if (number != null && !symbol.isIndirect()) {
                binary.fileOffset(symbol.address())
                        .ifPresent(offset -> places.merge(
                                offset,
                                new Place(offset, number, symbol.name()),
                                (a, b) -> a.number() < b.number() ? a : b));
            }
        }
        return List.copyOf(places.values());
    }
}
