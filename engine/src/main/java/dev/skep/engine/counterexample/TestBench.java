package dev.skep.engine.counterexample;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineObject;
import dev.skep.engine.EngineOptions;
import dev.skep.engine.Execution;
import dev.skep.engine.KernelClock;
import dev.skep.engine.RunObserver;
import dev.skep.engine.TrapException;
import dev.skep.engine.map.EngineMap;
import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.KernelVersion;
import dev.skep.object.host.HostException;
import dev.skep.object.host.Program;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.HelperId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An engine in checked mode on which one program is run with one input after the other. Every run has the object loaded anew, so that
 * none sees what another left in maps.
 */
final class TestBench implements AutoCloseable {
    private static final KernelClock CLOCK = KernelClock.fixed(0, 0);

    private final EngineHost host;
    private final BpfObject object;
    private final ContextFields contextFields;
    private final Relay relay = new Relay();

    /** Passes on what is seen to the run's own observer. */
    private static final class Relay implements RunObserver {
        private RunObserver to = new RunObserver() {};

        @Override
        public void begins(Execution run, long context) {
            to.begins(run, context);
        }

        @Override
        public void loads(Execution run, long address, int size, long value) {
            to.loads(run, address, size, value);
        }

        @Override
        public void branches(int slot, boolean taken, long left, long right) {
            to.branches(slot, taken, left, right);
        }

        @Override
        public OptionalLong answers(Execution run, int slot, HelperId helper, long r1, long r2, long r3) {
            return to.answers(run, slot, helper, r1, r2, r3);
        }

        @Override
        public void returned(Execution run, int slot, HelperId helper, long r1, long r2, long result) {
            to.returned(run, slot, helper, r1, r2, result);
        }
    }

    /**
     * @param object with one program, fitted to the types of the kernel
     * @param kernel what the program is told about which kernel it is
     * @param budget instructions that a run may take
     */
    TestBench(BpfObject object, KernelVersion kernel, ContextFields contextFields, long budget) {
        this.object = object;
        this.contextFields = contextFields;
        host = EngineHost.open(EngineOptions.defaults()
                .withSeed(1)
                .withClock(CLOCK)
                .withKernelVersion(kernel)
                .withInstructionBudget(budget)
                .withObserver(relay));
    }

    /** The input with nothing in it: no packet bytes, default context, maps as the object has them. */
    RunInput blankInput() {
        Map<String, Bytes> globals = new LinkedHashMap<>();
        for (MapSpec map : object.maps()) {
            if (isFreeGlobal(map)) {
                globals.put(map.name(), startContents(map));
            }
        }
        return new RunInput(Bytes.EMPTY, contextFields.blank(), Map.of(), globals, Map.of());
    }

    /** The same with an entry, of zeros, in every map that is empty otherwise. */
    RunInput withEntries(RunInput input) {
        RunInput filled = input;
        for (MapSpec map : object.maps()) {
            if (map.role() == MapSpec.Role.DECLARED && isHash(map.type())) {
                filled = filled.withEntry(
                        new RunInput.EntryKey(map.name(), Bytes.zeros(map.keySize())), Bytes.zeros(map.valueSize()));
            }
        }
        return filled;
    }

    private static boolean isHash(MapType type) {
        return switch (type) {
            case HASH, LRU_HASH, PERCPU_HASH, LRU_PERCPU_HASH -> true;
            default -> false;
        };
    }

    private static Bytes startContents(MapSpec map) {
        byte[] contents = new byte[map.valueSize()];
        map.contents().copyTo(contents, 0);
        return Bytes.of(contents);
    }

    /** Sections whose variables may have got any value since the program was loaded. */
    private static boolean isFreeGlobal(MapSpec map) {
        return (map.role() == MapSpec.Role.DATA || map.role() == MapSpec.Role.BSS) && map.valueSize() > 0;
    }

    /**
     * Runs the program.
     *
     * @return empty if it cannot be run with such an input, or it went wrong for want of a kernel around it
     */
    Optional<Trial> run(RunInput input) {
        Observation seen = new Observation(input, contextFields);
        try (EngineObject loaded = host.load(object)) {
            fill(loaded, input, seen);
            relay.to = seen;
            Bytes data = contextFields.packet() ? input.packet() : Bytes.EMPTY;
            loaded.programs().getFirst().run(new Program.Input(data, contextFields.given(input)));
            return Optional.of(new Trial(input, seen, Optional.empty()));
        } catch (TrapException trap) {
            return seen.missesObjects() ? Optional.empty() : Optional.of(new Trial(input, seen, Optional.of(trap)));
        } catch (HostException impossible) {
            return Optional.empty();
        }
    }

    private static void fill(EngineObject loaded, RunInput input, Observation seen) {
        for (EngineMap map : loaded.maps()) {
            if (isFreeGlobal(map.spec())) {
                Bytes wanted = input.globals().get(map.spec().name());
                if (wanted != null && !wanted.equals(startContents(map.spec()))) {
                    map.update(new byte[Integer.BYTES], wanted.toArray());
                }
                seen.noteGlobals(map);
            }
        }
        input.entries()
                .forEach((entry, value) -> loaded.map(entry.map())
                        .ifPresent(map -> map.update(entry.key().toArray(), padded(value, map.spec()))));
    }

    /** Values of per-CPU maps are given for each CPU, here one, in whole 8 bytes. */
    private static byte[] padded(Bytes value, MapSpec map) {
        int size = switch (map.type()) {
            case PERCPU_HASH, PERCPU_ARRAY, LRU_PERCPU_HASH -> (map.valueSize() + 7) & ~7;
            default -> map.valueSize();
        };
        byte[] bytes = new byte[size];
        value.copyTo(bytes, 0);
        return bytes;
    }

    @Override
    public void close() {
        host.close();
    }
}
