package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import dev.skep.object.InputException;
import dev.skep.object.btf.Btf;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The live maps of one sandbox: creates them, finds them by handle or number, and knows when what a map let go of may be used
 * again.
 *
 * <p>Thread-safe.
 */
public final class Maps implements AutoCloseable {
    private final Sandbox sandbox;
    private final MapOptions options;
    private final RunEpochs epochs;
    private final Queue<Retired> retired = new ArrayDeque<>();
    /** By number; slots of maps that are gone stay empty. Replaced when it grows, so that readers need no lock. */
    private volatile @Nullable EngineMap[] live = new EngineMap[16];

    private final Map<Integer, ProgramReference> programs = new ConcurrentHashMap<>();
    private final Map<ProgramReference, Integer> programIds = new IdentityHashMap<>();
    private int lastId;

    private record Retired(EngineMap map, long stamp) {}

    /** No maps yet. The sandbox has to outlive them. */
    public Maps(Sandbox sandbox, MapOptions options) {
        this.sandbox = sandbox;
        this.options = options;
        this.epochs = new RunEpochs(options.possibleCpus());
    }

    /** What the maps have in common. */
    public MapOptions options() {
        return options;
    }

    /** A new map whose value type is not known, or does not matter: see {@link #create(MapSpec, Btf)}. */
    public EngineMap create(MapSpec spec) {
        return create(spec, Btf.EMPTY);
    }

    /**
     * A new map. A globals map gets its contents, and {@code .rodata} and {@code .kconfig} are frozen; {@link
     * MapSpec#values()} is left to the caller, who knows the programs.
     *
     * @param btf the types {@link MapSpec#valueType()} counts in: tells where spin locks and timers are
     * @throws InputException where the kernel answers EINVAL or E2BIG, or if the map is too large for the sandbox
     * @throws HostException ENOMEM if the sandbox is full
     */
    public synchronized EngineMap create(MapSpec spec, Btf btf) {
        freeRetired();
        SpecCheck.check(spec);
        ValueFields fields = SpecialFields.of(spec, btf);
        MapBlocks blocks = new MapBlocks(sandbox, spec.name());
        try {
            EngineMap map = Kinds.create(spec, new MapHome(this, sandbox, blocks, lastId + 1, fields));
            enter(map);
            return map;
        } catch (RuntimeException e) {
            blocks.releaseAll();
            throw e;
        }
    }

    private void enter(EngineMap map) {
        lastId = map.id();
        EngineMap[] table = live;
        if (lastId >= table.length) {
            table = Arrays.copyOf(table, lastId * 2);
        }
        table[lastId] = map;
        live = table;
    }

    /** The map with this {@link EngineMap#id()}. */
    public Optional<EngineMap> withId(int id) {
        return Optional.ofNullable(at(id));
    }

    /**
     * The number that stands for a program where bpf(2) has a program's file descriptor or id; never that of a map. Always
     * the same for the same program.
     */
    public synchronized int register(ProgramReference program) {
        return programIds.computeIfAbsent(program, p -> {
            programs.put(++lastId, p);
            return lastId;
        });
    }

    /** The program's number means nothing any more; prog arrays that hold it keep it. */
    public synchronized void unregister(ProgramReference program) {
        Integer id = programIds.remove(program);
        if (id != null) {
            programs.remove(id);
        }
    }

    /** The registered program with this number. */
    public Optional<ProgramReference> programWithId(int id) {
        return Optional.ofNullable(programs.get(id));
    }

    /** The map behind a {@code struct bpf_map *} a program holds. */
    public Optional<EngineMap> withHandle(long handle) {
        return Optional.ofNullable(find(handle));
    }

    /** {@link #withHandle} for the hot path: null if the handle is none. */
    public @Nullable EngineMap find(long handle) {
        EngineMap map = at(MapDescriptor.idAt(sandbox, handle));
        return map != null && map.handle() == handle ? map : null;
    }

    /** The ring buffer that the reserved record at this address belongs to, if there is one. */
    public Optional<RingBufferMap> ringBufferOf(long record) {
        return at(RecordRing.ownerAt(sandbox, record)) instanceof RingBufferMap ring && ring.holdsRecord(record)
                ? Optional.of(ring)
                : Optional.empty();
    }

    private @Nullable EngineMap at(int id) {
        EngineMap[] table = live;
        return id > 0 && id < table.length ? table[id] : null;
    }

    /**
     * A run begins on a CPU: what its lookups find stays in place until {@link #runEnds}, even if others delete it. To be
     * called around every run, on one thread at a time per CPU.
     */
    public void runStarts(int cpu) {
        epochs.enter(cpu);
    }

    /** The run on this CPU is over; nothing holds its pointers any more. */
    public void runEnds(int cpu) {
        epochs.leave(cpu);
    }

    RunEpochs epochs() {
        return epochs;
    }

    /** Nobody owns the map any more; a running program may still hold its handle. */
    synchronized void retire(EngineMap map) {
        retired.add(new Retired(map, epochs.stamp()));
        freeRetired();
    }

    private void freeRetired() {
        while (!retired.isEmpty() && epochs.isOver(retired.element().stamp())) {
            EngineMap map = retired.remove().map();
            live[map.id()] = null;
            map.free();
        }
    }

    /** Closes every map. To be called when no program runs. */
    @Override
    public void close() {
        for (EngineMap map : live) {
            if (map != null) {
                map.close();
            }
        }
    }
}
