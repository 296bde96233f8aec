package dev.skep.engine.map;

import dev.skep.engine.memory.Sandbox;
import java.util.Optional;

/**
 * The maps and programs alive in an engine, by number. A map is known to programs by its handle, what they hold as
 * {@code struct bpf_map *}, and to user space by its id, which is what maps of maps store and give back, as in the kernel.
 * Programs have ids of their own. Thread-safe; looking up takes no lock.
 */
public final class LiveObjects {
    /** Distance between two handles. */
    private static final int HANDLE_STEP = 16;

    private final Slots<EngineMap> maps = new Slots<>();
    private final Slots<TailCallTarget> programs = new Slots<>();

    /** Takes a new map in and gives it its id and handle. */
    public void add(EngineMap map) {
        map.setId(maps.add(map));
    }

    /** Forgets a map that is being closed. */
    public void remove(EngineMap map) {
        maps.remove(map.id(), map);
    }

    /** The map programs know by this number, if there is one. */
    public Optional<EngineMap> mapOfHandle(long handle) {
        long distance = handle - Sandbox.LIMIT;
        boolean possible = distance > 0 && distance < Sandbox.SIZE - Sandbox.LIMIT && distance % HANDLE_STEP == 0;
        return possible ? maps.get((int) (distance / HANDLE_STEP)) : Optional.empty();
    }

    /** The map user space knows by this id, if there is one. */
    public Optional<EngineMap> mapOfId(int id) {
        return maps.get(id);
    }

    /** Takes a program in. @return its id */
    public int add(TailCallTarget program) {
        return programs.add(program);
    }

    /** Forgets a program. */
    public void remove(int id, TailCallTarget program) {
        programs.remove(id, program);
    }

    /** The program with this id, if there is one. */
    public Optional<TailCallTarget> program(int id) {
        return programs.get(id);
    }

    static long handle(int id) {
        return Sandbox.LIMIT + (long) id * HANDLE_STEP;
    }
}
