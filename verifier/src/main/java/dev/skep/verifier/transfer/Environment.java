package dev.skep.verifier.transfer;

import dev.skep.object.KernelVersion;
import dev.skep.object.map.MapType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import dev.skep.verifier.Cause;
import dev.skep.verifier.Refusal;
import dev.skep.verifier.Requirement;
import dev.skep.verifier.VerifierOptions;
import dev.skep.verifier.kernel.Capability;
import dev.skep.verifier.kernel.KernelFeature;
import dev.skep.verifier.kernel.KernelModel;
import dev.skep.verifier.kernel.PacketAccess;
import dev.skep.verifier.kernel.ProgramKind;
import dev.skep.verifier.kernel.ProgramRules;
import dev.skep.verifier.program.MapDescriptor;
import dev.skep.verifier.program.ProgramCode;
import dev.skep.verifier.program.SpecialField;
import dev.skep.verifier.program.SpecialFields;
import dev.skep.verifier.program.Subprogram;
import dev.skep.verifier.value.KernelType;
import dev.skep.verifier.value.Scalar;
import dev.skep.verifier.value.Uninitialized;
import dev.skep.verifier.value.Value;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What holds for a program as a whole, and what its paths have used so far; shared by the rules. */
public final class Environment {
    private final ProgramCode code;
    private final KernelModel kernel;
    private final VerifierOptions options;
    private final ProgramKind kind;
    private final Map<String, MapDescriptor> maps;
    private final Paths paths;
    private final Optional<StructOpsMember> structOpsMember;
    private final SpeculationGuards speculationGuards = new SpeculationGuards();
    private final Map<Integer, Integer> handedOver = new HashMap<>();

    private final Map<KernelType, List<SpecialField>> objectFields = new HashMap<>();
    private final Set<MapDescriptor> usedMaps = new LinkedHashSet<>();
    private final EnumSet<HelperId> usedHelpers = EnumSet.noneOf(HelperId.class);
    private final Map<String, Requirement> requirements = new LinkedHashMap<>();
    private final Set<String> usedKernelFunctions = new LinkedHashSet<>();
    private final BitSet calledFunctions = new BitSet();
    private final BitSet laterFunctions = new BitSet();
    private final Map<Integer, MapDescriptor> tailCallMaps = new HashMap<>();
    private boolean mixesTailCalls;
    private boolean knownIndexes;
    private final int[] stackDepths;
    private final BitSet packetChanges;
    private final BitSet sleeping;
    private final boolean targetReturnsVoid;
    private final OptionalInt exceptionCallback;

    /** @param maps the object's maps by name */
    public Environment(
            ProgramCode code,
            KernelModel kernel,
            VerifierOptions options,
            Map<String, MapDescriptor> maps,
            Paths paths) {
        this.code = code;
        this.kernel = kernel;
        this.options = options;
        this.maps = Map.copyOf(maps);
        this.paths = paths;
        kind = ProgramKind.of(code.spec());
        structOpsMember = StructOpsMember.of(code.object(), code.spec());
        stackDepths = new int[code.functions().size()];
        FunctionEffects effects = new FunctionEffects(code, kernel, kind);
        packetChanges = effects.movePacket();
        sleeping = effects.sleep();
        targetReturnsVoid = Target.returnsVoid(kernel, kind, structOpsMember);
        exceptionCallback = ExceptionCallbacks.of(code);
    }

    public ProgramCode code() {
        return code;
    }

    public KernelModel kernel() {
        return kernel;
    }

    public VerifierOptions options() {
        return options;
    }

    public ProgramKind kind() {
        return kind;
    }

    /** Notes that the program has this argument for good, as this reference. */
    void handOver(int argument, int reference) {
        handedOver.put(argument, reference);
    }

    /** The reference that an argument of the program is, 0 if it is none. */
    int handedOver(int argument) {
        return handedOver.getOrDefault(argument, 0);
    }

    /** What a {@code struct_ops} program implements, if the object says so. */
    Optional<StructOpsMember> structOpsMember() {
        return structOpsMember;
    }

    Paths paths() {
        return paths;
    }

    /** Whether who loads the program has this capability. */
    boolean has(Capability capability) {
        return options.has(capability);
    }

    /** Who loads the program must not learn addresses: pointers may not become numbers ({@code !allow_ptr_leaks}). */
    boolean hidesAddresses() {
        return !has(Capability.PERFMON);
    }

    /** What a processor does on paths it only guesses counts too ({@code !bypass_spec_v1}). */
    boolean guardsSpeculation() {
        return !has(Capability.PERFMON);
    }

    /** What guards the program's instructions against speculation, as far as its paths were followed. */
    SpeculationGuards speculationGuards() {
        return speculationGuards;
    }

    /** Stack bytes that nothing was written to may be read: they tell who may see addresses nothing new. */
    boolean mayReadUnwrittenStack() {
        return has(Capability.PERFMON) && kernel.has(KernelFeature.UNINITIALIZED_STACK_READS);
    }

    /** What is left of a pointer that is valid no longer: some number, for who may see addresses ({@code mark_reg_invalid}). */
    Value forgotten() {
        return hidesAddresses() ? Uninitialized.INSTANCE : Scalar.UNKNOWN;
    }

    /** @throws Refusal if the object has no such map, or the program may not use it */
    MapDescriptor map(String name) {
        MapDescriptor map = maps.get(name);
        if (map == null) {
            throw new Refusal(Cause.TYPE_INFORMATION, "the object has no map '" + name + "'");
        }
        if (map.problem().isPresent()) {
            throw new Refusal(
                    Cause.SPECIAL_FIELD,
                    "the map '" + name + "' cannot be created: " + map.problem().get());
        }
        if (usedMaps.add(map) && !kernel.mayUseMap(kind, map.type())) {
            throw new Refusal(
                    Cause.POLICY,
                    kind.sleepable()
                            ? "Sleepable programs can only use array, hash, ringbuf and local storage maps"
                            : "programs of this type cannot use maps of type " + map.type());
        }
        if (kind.type() == ProgramType.PERF_EVENT && map.grows()) {
            demand(
                    KernelFeature.GROWING_MAPS_AT_PERF_EVENTS,
                    Requirement.WHOLE_PROGRAM,
                    "perf_event programs can only use preallocated hash map");
        }
        return map;
    }

    /** Fields that belong to the kernel in objects of a struct of the program's. */
    List<SpecialField> fieldsOf(KernelType type) {
        return objectFields.computeIfAbsent(type, struct -> SpecialFields.of(struct, kernel.types()));
    }

    /** What the program may do with pointers into the packet. */
    PacketAccess packetAccess() {
        return kernel.rules(kind.type()).map(ProgramRules::packetAccess).orElse(PacketAccess.NONE);
    }

    /** The object's arena, if it has one. */
    Optional<MapDescriptor> arena() {
        return maps.values().stream().filter(map -> map.type() == MapType.ARENA).findFirst();
    }

    public Set<MapDescriptor> usedMaps() {
        return usedMaps;
    }

    void use(HelperId helper) {
        usedHelpers.add(helper);
    }

    public Set<HelperId> usedHelpers() {
        return usedHelpers;
    }

    /** Notes what the program uses that not every kernel has; of several uses of one thing the first counts. */
    void require(String what, KernelVersion since, int slot) {
        requirements.putIfAbsent(what, new Requirement(what, since, slot));
    }

    /** As {@link #require(String, KernelVersion, int)}. */
    void require(KernelFeature feature, int slot) {
        require(feature.description(), feature.since(), slot);
    }

    /** A tail call goes through this map. */
    void noteTailCall(int slot, MapDescriptor map) {
        MapDescriptor before = tailCallMaps.putIfAbsent(slot, map);
        mixesTailCalls |= before != null && !before.equals(map);
    }

    /** Whether one tail call goes through one map on one path and another on another: its index cannot be masked ({@code do_misc_fixups}). */
    public boolean mixesTailCalls() {
        return mixesTailCalls;
    }

    /**
     * Notes that the program uses the feature.
     *
     * @param words what a kernel says that does not have it
     * @throws Refusal if this one does not
     */
    void demand(KernelFeature feature, int slot, String words) {
        if (!kernel.has(feature)) {
            throw tooNew(feature.description(), feature.since(), slot, words);
        }
        require(feature, slot);
    }

    /** A look-up was taken to find something: whether the program relies on it is not known. */
    void noteKnownIndex() {
        knownIndexes = true;
    }

    /** Whether a look-up was taken to find something because its index is known. */
    public boolean knownIndexes() {
        return knownIndexes;
    }

    /** What the paths followed so far used that not every kernel has. */
    public Collection<Requirement> requirements() {
        return requirements.values();
    }

    /** The refusal of something that came after this kernel. @param words what the kernel says */
    Refusal tooNew(String what, KernelVersion since, int slot, String words) {
        return Refusal.tooNew(new Requirement(what, since, slot), kernel.version(), words);
    }

    void useKernelFunction(String name) {
        usedKernelFunctions.add(name);
    }

    public Set<String> usedKernelFunctions() {
        return usedKernelFunctions;
    }

    /** Global functions that some path calls: they are verified on their own. */
    public BitSet calledFunctions() {
        return calledFunctions;
    }

    /** What the program stands for has no result: a hook or member that returns void. */
    boolean targetReturnsVoid() {
        return targetReturnsVoid;
    }

    /** The program names a function that is called when it throws. */
    boolean catchesExceptions() {
        return exceptionCallback.isPresent();
    }

    /** Index of the function that is called when the program throws. */
    public OptionalInt exceptionCallback() {
        return exceptionCallback;
    }

    /** A call of {@code function} may move the packet, so that pointers into it are worth nothing afterwards. */
    boolean changesPackets(Subprogram function) {
        return packetChanges.get(function.index());
    }

    /** A call of {@code function} might sleep. */
    boolean maySleep(Subprogram function) {
        return sleeping.get(function.index());
    }

    /** {@code function} is called back some time after the program has ended. */
    void callLater(int function) {
        laterFunctions.set(function);
    }

    /** Functions that are called back some time after the program has ended. */
    public BitSet laterFunctions() {
        return laterFunctions;
    }

    /** A frame of {@code function} reaches {@code bytes} below its frame pointer. */
    void growStack(int function, int bytes) {
        stackDepths[function] = Math.max(stackDepths[function], bytes);
    }

    /** Bytes of stack that the frames of {@code function} use. */
    public int stackDepth(int function) {
        return stackDepths[function];
    }
}
