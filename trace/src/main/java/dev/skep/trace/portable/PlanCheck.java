package dev.skep.trace.portable;

import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.trace.plan.Action;
import dev.skep.trace.plan.PlannedMap;
import dev.skep.trace.plan.PlannedProbe;
import dev.skep.trace.plan.PlannedTypes;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.type.TraceType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what does not fit together in a plan that comes from elsewhere: the compiler makes none like that. */
final class PlanCheck {
    /** An event cannot be larger than what bpf_ringbuf_reserve takes here: far less, but this keeps sums from overflowing. */
    private static final int LARGEST = 1 << 26;

    private final TracePlan plan;

    PlanCheck(TracePlan plan) {
        this.plan = plan;
    }

    /** The first thing that is wrong. */
    Optional<String> contradiction() {
        return Stream.of(
                        plan.probes().stream().flatMap(probe -> probe(probe).stream()),
                        plan.maps().stream().flatMap(map -> map(map).stream()),
                        plan.actions().stream().flatMap(action -> action(action).stream()),
                        events().stream(),
                        types())
                .flatMap(each -> each)
                .findFirst();
    }

    private Optional<String> probe(PlannedProbe probe) {
        boolean there = plan.object().programs().stream()
                .anyMatch(program -> program.name().equals(probe.program()));
        return there ? Optional.empty() : Optional.of("the object has no program " + probe.program());
    }

    private Optional<MapSpec> spec(String name) {
        return plan.object().maps().stream()
                .filter(map -> map.name().equals(name))
                .findFirst();
    }

    private Optional<String> map(PlannedMap map) {
        Optional<MapSpec> spec = spec(map.map());
        if (spec.isEmpty()) {
            return Optional.of("the object has no map " + map.map());
        }
        if (map.value() instanceof TraceType.LinearHistogram(long min, long max, long step)
                && (step <= 0 || max < min)) {
            return Optional.of("the histogram of the map " + map.map() + " has no steps");
        }
        int key = map.key().map(TraceType::size).orElse(Integer.BYTES);
        int value = map.value().size() + (map.presence().isPresent() ? 1 : 0);
        if (spec.get().keySize() != key || spec.get().valueSize() != value) {
            return Optional.of("keys and values of the map " + map.map() + " are of other sizes");
        }
        Optional<String> inside = map.key().flatMap(PlanCheck::within).or(() -> within(map.value()));
        if (inside.isPresent()) {
            return inside;
        }
        boolean marked = map.presence().isEmpty()
                || map.presence().getAsInt() == map.value().size();
        return marked ? Optional.empty() : Optional.of("the map " + map.map() + " has its mark elsewhere");
    }

    private Optional<String> events() {
        if (plan.events().isEmpty()) {
            return plan.actions().isEmpty() ? Optional.empty() : Optional.of("there is no ring buffer");
        }
        boolean there = spec(plan.events())
                .filter(spec -> spec.type() == MapType.RINGBUF)
                .isPresent();
        return there ? Optional.empty() : Optional.of("the object has no ring buffer " + plan.events());
    }

    private Optional<String> action(Action action) {
        return switch (action) {
            case Action.Print print -> arguments(print.text().arguments());
            case Action.Complain complain -> arguments(complain.text().arguments());
            case Action.RunCommand command -> arguments(command.command().arguments());
            case Action.ShowFile file -> arguments(file.path().arguments());
            case Action.PrintValue print -> arguments(List.of(print.value()));
            case Action.PrintMap print -> named(print.map());
            case Action.ClearMap clear -> named(clear.map());
            case Action.ZeroMap zero -> named(zero.map());
            case Action.Join join ->
                join.offset() >= 0
                                && join.size() > 0
                                && join.count() >= 0
                                && join.offset() + (long) join.size() * join.count() < LARGEST
                        ? Optional.empty()
                        : Optional.of("texts are outside of their event");
            default -> Optional.empty();
        };
    }

    private Optional<String> named(String map) {
        boolean there = plan.maps().stream().anyMatch(each -> each.name().equals(map));
        return there ? Optional.empty() : Optional.of("there is no map @" + map);
    }

    private static Optional<String> arguments(List<Action.Argument> arguments) {
        for (Action.Argument argument : arguments) {
            int size = argument.type().size();
            if (argument.offset() < Long.BYTES || size < 0 || (long) argument.offset() + size > LARGEST) {
                return Optional.of("a value is outside of its event");
            }
        }
        return arguments.stream().flatMap(each -> within(each.type()).stream()).findFirst();
    }

    /** Parts of a value lie within it. */
    private static Optional<String> within(TraceType type) {
        return switch (type) {
            case TraceType.Tuple tuple ->
                tuple.elements().stream()
                        .flatMap(element -> (isWithin(element, tuple)
                                        ? within(element.type())
                                        : Optional.of("an element is outside of its tuple"))
                                .stream())
                        .findFirst();
            case TraceType.Array array ->
                array.count() >= 0
                        ? within(array.element())
                        : Optional.of("an array has " + array.count() + " elements");
            case TraceType.Text text -> text.size() > 0 ? Optional.empty() : Optional.of("a text has no room");
            default -> Optional.empty();
        };
    }

    private static boolean isWithin(TraceType.Element element, TraceType.Tuple tuple) {
        int size = element.type().size();
        return element.offset() >= 0 && size >= 0 && (long) element.offset() + size <= tuple.size();
    }

    /** Members lie within what they are members of. */
    private Stream<String> types() {
        return plan.types().structures().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().flatMap(member -> member(entry.getKey(), member).stream()));
    }

    private static Optional<String> member(String structure, PlannedTypes.Member member) {
        boolean fits =
                member.offset() >= 0 && (long) member.offset() + member.type().size() < LARGEST;
        return fits ? Optional.empty() : Optional.of("a member of " + structure + " is outside of it");
    }
}
