package dev.skep.trace.code;

import dev.skep.compiler.ir.Function;
import dev.skep.compiler.ir.Value;
import dev.skep.compiler.type.CType;
import dev.skep.compiler.unit.MapDeclaration;
import dev.skep.object.KernelVersion;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.trace.check.CheckedScript;
import dev.skep.trace.check.MapShape;
import dev.skep.trace.plan.Action;
import dev.skep.trace.plan.Failure;
import dev.skep.trace.plan.PlannedMap;
import dev.skep.trace.plan.RecordLayout;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** What the programs of a script share: maps, globals, and the actions that their events ask for. */
final class Unit {
    static final String EVENTS = "events";
    static final String SCRATCH = "scratch";
    private static final String MAP_PREFIX = "AT_";

    /** Stacks that are kept for each limit of frames. */
    private static final int STACKS = 8192;
    /** Of include/uapi/linux/bpf.h: a map of stacks keeps build IDs and places in files in place of addresses. */
    private static final int BPF_F_STACK_BUILD_ID = 1 << 5;

    private static final int PAGE = 4096;

    private final CheckedScript script;
    private final TraceSystem system;
    private final Purpose purpose;
    private final KernelVersion kernel;
    private final boolean tellsFailures;
    private final Globals globals;
    private final boolean isGated;
    private final Map<String, MapShape> shapes = new LinkedHashMap<>();
    private final List<Action> actions = new ArrayList<>();
    private final Map<Failure, Integer> failures = new LinkedHashMap<>();
    private final Map<String, TraceType.Stack> stackMaps = new LinkedHashMap<>();
    private final List<Function> functions = new ArrayList<>();
    private Optional<Function> logarithm = Optional.empty();
    private Optional<Function> nothing = Optional.empty();
    private int scratchBytes;

    Unit(CheckedScript script, TraceSystem system, Purpose purpose, KernelVersion kernel, boolean tellsFailures) {
        this.kernel = kernel;
        this.tellsFailures = tellsFailures;
        this.script = script;
        this.system = system;
        this.purpose = purpose;
        this.globals = new Globals(script.programs().size(), isRecorded());
        this.isGated = Gate.isNeeded(script.programs());
        script.maps().forEach(shape -> shapes.put(shape.name(), shape));
    }

    CheckedScript script() {
        return script;
    }

    boolean isPortable() {
        return purpose == Purpose.CARRY;
    }

    /** The oldest kernel that has to take the programs. */
    KernelVersion kernel() {
        return kernel;
    }

    /** Whether programs are run by the kernel of this machine and nowhere else. */
    boolean isLive() {
        return purpose == Purpose.RUN && system.types().areKnownToVerifier();
    }

    TraceSystem system() {
        return system;
    }

    /** Whether the programs record what they see. */
    boolean isRecorded() {
        return purpose == Purpose.RECORD;
    }

    /** Whether failures are told that scripts live with. */
    boolean tellsFailures() {
        return tellsFailures;
    }

    Globals globals() {
        return globals;
    }

    /** Whether programs have to look at the gate. */
    boolean isGated() {
        return isGated;
    }

    MapShape map(String name) {
        return Objects.requireNonNull(shapes.get(name), name);
    }

    /** The name of a script's map in the object. */
    static String objectName(String name) {
        return MAP_PREFIX + name;
    }

    List<Action> actions() {
        return actions;
    }

    /** The index of an action, which events start with. */
    long action(Action action) {
        actions.add(action);
        return actions.size() - 1L;
    }

    /** What programs count that goes wrong, in the order of the counters. */
    List<Failure> failures() {
        return List.copyOf(failures.keySet());
    }

    /** Where a failure is counted. */
    Value failure(Emit emit, Failure failure) {
        return globals.failure(emit, failures.computeIfAbsent(failure, _ -> failures.size()));
    }

    /** The map that stacks of a type are kept in. */
    String stacks(TraceType.Stack stack) {
        stackMaps.put(stack.map(), stack);
        return stack.map();
    }

    /** The maps of stacks, in the object's order. */
    List<String> stackMaps() {
        return List.copyOf(stackMaps.keySet());
    }

    /** A program uses so many bytes of the memory that each CPU has for what does not fit the stack. */
    void useScratch(int bytes) {
        scratchBytes = Math.max(scratchBytes, bytes);
    }

    /** A function of the unit. */
    void add(Function function) {
        functions.add(function);
    }

    List<Function> functions() {
        return functions;
    }

    /** The function of a loop over a map that does nothing. */
    Function nothing() {
        if (nothing.isEmpty()) {
            Function function = MapLoopCode.nothing();
            functions.add(function);
            nothing = Optional.of(function);
        }
        return nothing.get();
    }

    /** The function that computes logarithms. */
    Function logarithm() {
        if (logarithm.isEmpty()) {
            Function function = Logarithm.function();
            functions.add(function);
            logarithm = Optional.of(function);
        }
        return logarithm.get();
    }

    static boolean isPerCpu(MapShape shape) {
        return shape.kind()
                .map(kind -> kind == MapType.PERCPU_HASH || kind == MapType.LRU_PERCPU_HASH)
                .orElse(shape.value() instanceof TraceType.Aggregation);
    }

    private static MapType kind(MapShape shape) {
        boolean perCpu = isPerCpu(shape);
        if (shape.key().isEmpty()) {
            return perCpu ? MapType.PERCPU_ARRAY : MapType.ARRAY;
        }
        return shape.kind().orElse(perCpu ? MapType.PERCPU_HASH : MapType.HASH);
    }

    /** Where in the value of a map without keys a byte says whether there is one; empty if there always is. */
    static OptionalInt presence(MapShape shape) {
        boolean tells = !isPerCpu(shape) || shape.value() instanceof TraceType.Sum; // others tell by what they counted
        return shape.key().isEmpty() && tells ? OptionalInt.of(shape.value().size()) : OptionalInt.empty();
    }

    private static int valueSize(MapShape shape) {
        return shape.value().size() + (presence(shape).isPresent() ? 1 : 0);
    }

    List<PlannedMap> plannedMaps() {
        return shapes.values().stream()
                .map(shape -> new PlannedMap(
                        shape.name(),
                        objectName(shape.name()),
                        shape.key(),
                        shape.value(),
                        isPerCpu(shape),
                        presence(shape)))
                .toList();
    }

    List<MapDeclaration> declarations() {
        List<MapDeclaration> maps = new ArrayList<>();
        for (MapShape shape : shapes.values()) {
            CType key = bytes(shape.key().map(TraceType::size).orElse(4));
            int entries = shape.key().isEmpty() ? 1 : shape.entries();
            maps.add(map(objectName(shape.name()), kind(shape), Optional.of(key), bytes(valueSize(shape)), entries));
        }
        stackMaps.values().forEach(stack -> maps.add(stacksOf(stack)));
        if (scratchBytes > 0) {
            maps.add(map(SCRATCH, MapType.PERCPU_ARRAY, Optional.of(bytes(4)), bytes(scratchBytes), 1));
        }
        if (!actions.isEmpty()) {
            int pages = Integer.highestOneBit(Math.max(1, 2 * script.settings().ringPages() - 1));
            maps.add(ring(EVENTS, pages * PAGE));
        }
        if (isRecorded()) {
            maps.add(ring(RecordLayout.RING, RecordLayout.RING_BYTES));
        }
        return maps;
    }

    private static MapDeclaration stacksOf(TraceType.Stack stack) {
        TraceType.StackMode mode = stack.mode();
        return map(
                stack.map(),
                MapType.STACK_TRACE,
                Optional.of(bytes(4)),
                bytes(mode.frameBytes() * stack.limit()),
                STACKS,
                mode == TraceType.StackMode.BUILD_ID ? BPF_F_STACK_BUILD_ID : 0);
    }

    private static MapDeclaration ring(String name, int bytes) {
        return new MapDeclaration(
                name,
                MapType.RINGBUF,
                Optional.empty(),
                Optional.empty(),
                bytes,
                0,
                MapSpec.Pinning.NONE,
                Optional.empty(),
                List.of());
    }

    private static MapDeclaration map(String name, MapType type, Optional<CType> key, CType value, int entries) {
        return map(name, type, key, value, entries, 0);
    }

    private static MapDeclaration map(
            String name, MapType type, Optional<CType> key, CType value, int entries, int flags) {
        return new MapDeclaration(
                name, type, key, Optional.of(value), entries, flags, MapSpec.Pinning.NONE, Optional.empty(), List.of());
    }

    private static CType bytes(int size) {
        return switch (size) {
            case 4 -> Programs.INT;
            case 8 -> Programs.U64;
            default -> new CType.Array(new CType.Scalar("unsigned char", 1, CType.Scalar.Encoding.UNSIGNED), size);
        };
    }
}
