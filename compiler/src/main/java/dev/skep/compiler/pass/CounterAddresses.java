package dev.skep.compiler.pass;

import dev.skep.compiler.ir.BinaryOperator;
import dev.skep.compiler.ir.Block;
import dev.skep.compiler.ir.BlockParameter;
import dev.skep.compiler.ir.Constant;
import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Instruction;
import dev.skep.compiler.ir.Operation.Binary;
import dev.skep.compiler.ir.Operation.Extend;
import dev.skep.compiler.ir.Operation.PointerAdd;
import dev.skep.compiler.ir.Pointer;
import dev.skep.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Lets pointers that go through memory in equal steps, round by round of a loop, be counted up themselves, instead of being computed of a
 * counter each time.
 *
 * <p>The counter starts at a number and the steps are numbers, so the verifier, which follows each round, knows where the pointer is
 * without the counter. Loops that call something are left alone: only four registers outlive a call.
 */
final class CounterAddresses implements Pass {
    /** A pointer must not be moved further than this (BPF_MAX_VAR_OFF of linux/bpf_verifier.h). */
    private static final long FURTHEST = 1L << 28;

    @Override
    public boolean run(Function function) {
        Loops all = Loops.of(function);
        Loops loops = Loops.withBlocksBefore(function, loop -> !loop.calls() && all.isInnermost(loop));
        if (loops.all().isEmpty()) {
            return false;
        }
        Ranges ranges = new Ranges(function);
        Uses uses = new Uses(function);
        Substitution substitution = new Substitution();
        for (Loops.Loop loop : loops.all()) {
            Optional<Block> before = Loops.before(loop, function);
            if (before.isPresent() && !loop.calls() && loops.isInnermost(loop)) {
                new Counting(loop, ranges, uses).countFrom(before.get(), substitution);
            }
        }
        return substitution.applyTo(function);
    }

    /** A parameter of the head that starts at a number. @param steps what each way round the loop adds */
    private record Counter(BlockParameter parameter, long start, Map<Value, Long> steps) {}

    /** {@code counter << shift} bytes. */
    private record Distance(BlockParameter counter, int shift) {}

    /** What becomes a counter of its own. */
    private record Counted(Value base, Distance distance) {}

    private static final class Counting {
        private final Loops.Loop loop;
        private final Ranges ranges;
        private final Uses uses;
        private final Set<Value> inside;
        private final Map<BlockParameter, Counter> counters = new HashMap<>();
        private int free;

        Counting(Loops.Loop loop, Ranges ranges, Uses uses) {
            this.loop = loop;
            this.ranges = ranges;
            this.uses = uses;
            free = LoopRegisters.free(loop);
            inside = loop.definitions();
            for (int i = 0; i < loop.head().parameters().size(); i++) {
                counter(i).ifPresent(counter -> counters.put(counter.parameter(), counter));
            }
        }

        private Optional<Counter> counter(int index) {
            BlockParameter parameter = loop.head().parameters().get(index);
            Set<Value> starts = new HashSet<>();
            loop.entries().forEach(edge -> starts.add(edge.edge().arguments().get(index)));
            Map<Value, Long> steps = new HashMap<>();
            for (ControlFlow.Incoming way : loop.ways()) {
                Value next = way.edge().arguments().get(index);
                Optional<Long> step = step(next, parameter);
                if (step.isEmpty()) {
                    return Optional.empty();
                }
                steps.put(next, step.get());
            }
            return starts.size() == 1 && starts.iterator().next() instanceof Constant start && start.value() >= 0
                    ? Optional.of(new Counter(parameter, start.value(), steps))
                    : Optional.empty();
        }

        private static Optional<Long> step(Value next, BlockParameter parameter) {
            return next instanceof Instruction i
                            && i.operation() instanceof Binary add
                            && add.operator() == BinaryOperator.ADD
                            && add.left() == parameter
                            && add.right() instanceof Constant step
                    ? Optional.of(step.value())
                    : Optional.empty();
        }

        void countFrom(Block before, Substitution substitution) {
            Map<Counted, List<Instruction>> found = new HashMap<>();
            List<Counted> order = new ArrayList<>();
            for (Block block : loop.blocks()) {
                for (Instruction instruction : block.instructions()) {
                    counted(instruction).ifPresent(counted -> {
                        if (!found.containsKey(counted)) {
                            order.add(counted);
                        }
                        found.computeIfAbsent(counted, c -> new ArrayList<>()).add(instruction);
                    });
                }
            }
            for (Counted counted : order) {
                List<Instruction> places = Objects.requireNonNull(found.get(counted));
                if (isAffordable(counted, places.size())) {
                    BlockParameter pointer = count(counted, before);
                    places.forEach(instruction -> substitution.put(instruction, pointer));
                }
            }
        }

        /** A pointer that takes the place of its base needs no further register. */
        private boolean isAffordable(Counted counted, int times) {
            boolean takesPlace = uses.count(counted.base()) == times && !LoopRegisters.isMadeAnew(counted.base());
            if (takesPlace) {
                return true;
            }
            free--;
            return free >= 0;
        }

        private Optional<Counted> counted(Instruction instruction) {
            if (!(instruction.operation() instanceof PointerAdd add)
                    || !AddressSplitting.WITH_VARIABLE_DISTANCES.contains(
                            add.type().provenance())
                    || ((Pointer) add.pointer().type()).nullable()
                    || !add.pointer().type().equals(add.type())
                    || inside.contains(add.pointer())) {
                return Optional.empty();
            }
            return distance(add.offset()).map(distance -> new Counted(add.pointer(), distance));
        }

        private Optional<Distance> distance(Value offset) {
            Value at = offset;
            int shift = 0;
            while (at instanceof Instruction i) {
                if (i.operation() instanceof Binary outer
                        && outer.operator() == BinaryOperator.SHIFT_LEFT
                        && outer.right() instanceof Constant places) {
                    shift += (int) places.value();
                    at = outer.left();
                } else if (i.operation() instanceof Extend extend && extend.isZeroExtension()) {
                    at = extend.value();
                } else {
                    break;
                }
            }
            return at instanceof BlockParameter parameter
                            && counters.containsKey(parameter)
                            && staysNear(parameter, shift)
                    ? Optional.of(new Distance(parameter, shift))
                    : Optional.empty();
        }

        /** True if no shift of the counter loses bits, and no pointer goes too far. */
        private boolean staysNear(BlockParameter parameter, int shift) {
            Range range = ranges.at(parameter, loop.head());
            return range.isNonNegative() && shift < 28 && range.high() <= FURTHEST >>> shift;
        }

        private BlockParameter count(Counted counted, Block before) {
            Counter counter =
                    Objects.requireNonNull(counters.get(counted.distance().counter()));
            int shift = counted.distance().shift();
            Value base = counted.base();
            Value start = counter.start() == 0
                    ? base
                    : Loops.append(
                            before,
                            add(base, counter.start() << shift),
                            before.terminator().position());
            BlockParameter pointer = loop.head().addParameter("", base.type());
            int index = loop.head().parameters().indexOf(counter.parameter());
            for (ControlFlow.Incoming way : loop.ways()) {
                long step = Objects.requireNonNull(
                        counter.steps().get(way.edge().arguments().get(index)));
                Instruction next = Loops.append(
                        way.from(),
                        add(pointer, step << shift),
                        way.from().terminator().position());
                Edges.set(way, Edges.with(way.edge(), next));
            }
            Edges.map(before, edge -> edge.target() == loop.head() ? Edges.with(edge, start) : edge);
            return pointer;
        }

        private static PointerAdd add(Value pointer, long distance) {
            return new PointerAdd(pointer, Constant.of(distance), (Pointer) pointer.type());
        }
    }
}
