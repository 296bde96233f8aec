package dev.skep.verifier.kernel;

import dev.skep.object.KernelVersion;
import dev.skep.object.btf.Btf;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.HelperId;
import dev.skep.object.program.ProgramType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** One kernel: its version, its types if they are known, and what follows from both. Immutable. */
public final class KernelModel {
    /** The newest release whose rules are known here. */
    private static final KernelVersion NEWEST = KernelVersion.of("7.0");

    /** What contexts looked like in the oldest kernel known here. */
    private static final ContextTable OLDEST_CONTEXTS = new ContextTable(KernelVersion.of("5.4"), Optional.empty());

    private final KernelVersion version;
    private final Optional<Btf> types;
    private final ContextTable contexts;
    private final Set<KernelFeature> features;

    private KernelModel(KernelVersion version, Optional<Btf> types) {
        this.version = version;
        this.types = types;
        this.contexts = new ContextTable(version, types);
        this.features = EnumSet.allOf(KernelFeature.class);
        features.removeIf(feature -> version.compareTo(feature.since()) < 0);
    }

    /** A kernel of this version as released, with every option that matters on; its types are not known. */
    public static KernelModel of(KernelVersion version) {
        return new KernelModel(version, Optional.empty());
    }

    /** The newest kernel known here. */
    public static KernelModel newest() {
        return of(NEWEST);
    }

    /** A kernel with its types: the running one's are in {@code /sys/kernel/btf/vmlinux}. */
    public static KernelModel host(KernelVersion version, Btf vmlinux) {
        return new KernelModel(version, Optional.of(vmlinux));
    }

    /** The same kernel with these types. */
    public KernelModel withTypes(Btf vmlinux) {
        return new KernelModel(version, Optional.of(vmlinux));
    }

    /** Its release. */
    public KernelVersion version() {
        return version;
    }

    /** Its BTF, if known. */
    public Optional<Btf> types() {
        return types;
    }

    /** The numbers to stay under, which all kernels since 5.4 have. */
    public Limits limits() {
        return Limits.COMMON;
    }

    /** Whether the kernel is new enough. */
    public boolean has(KernelFeature feature) {
        return features.contains(feature);
    }

    /** The feature that an instruction needs, if older kernels (before 5.4 or after) did not know it. */
    public Optional<KernelFeature> needs(Instruction instruction) {
        return InstructionVersions.needs(instruction);
    }

    /** Whether the kernel is new enough for programs of this type; never for UNSPEC. */
    public boolean has(ProgramType type) {
        return type != ProgramType.UNSPEC && version.compareTo(TypeVersions.since(type)) >= 0;
    }

    /** Whether the kernel is new enough for maps of this type; never for UNSPEC. */
    public boolean has(MapType type) {
        return type != MapType.UNSPEC && version.compareTo(TypeVersions.since(type)) >= 0;
    }

    /** Whether the kernel is new enough for this expected attach type. */
    public boolean has(AttachType type) {
        return version.compareTo(TypeVersions.since(type)) >= 0;
    }

    /**
     * The first kernel with programs of this type.
     *
     * @throws IllegalArgumentException for UNSPEC, which is no type
     */
    public static KernelVersion since(ProgramType type) {
        return TypeVersions.since(type);
    }

    /**
     * The first kernel with maps of this type.
     *
     * @throws IllegalArgumentException for UNSPEC, which is no type
     */
    public static KernelVersion since(MapType type) {
        return TypeVersions.since(type);
    }

    /** The first kernel with this expected attach type. */
    public static KernelVersion since(AttachType type) {
        return TypeVersions.since(type);
    }

    /** Whether a program may call the helper of this number. */
    public HelperLookup helper(int number, ProgramKind program) {
        Optional<HelperId> id = HelperId.of(number);
        if (id.isEmpty()) {
            return new HelperLookup.Unknown(number);
        }
        return HelperTable.lookup(id.get(), program, version);
    }

    /** The first kernel that lets such a program call this helper; empty if none does. */
    public static Optional<KernelVersion> since(HelperId helper, ProgramKind program) {
        return HelperTable.since(helper, program);
    }

    /**
     * Which field of the context an access is to, and since when it is there, if Linux 5.4 did not have it yet.
     *
     * @param offset from the start, constant
     * @param size in bytes
     */
    public static Optional<ContextAccess.TooNew> youngContextField(
            ProgramKind program, int offset, int size, boolean write) {
        return OLDEST_CONTEXTS
                .layout(program.type())
                .map(layout -> layout.access(offset, size, write, program.attachTypeOrDefault()))
                .filter(ContextAccess.TooNew.class::isInstance)
                .map(ContextAccess.TooNew.class::cast);
    }

    /** The first kernel that lets programs of this type sleep. */
    public static KernelVersion sleepingSince(ProgramType type) {
        return ProgramTable.sleepingSince(type);
    }

    /** What who loads a program of this type must have. */
    public Set<Capability> neededFor(ProgramType type) {
        return ProgramTable.needed(type);
    }

    /** What who makes a map of this type must have. */
    public Set<Capability> neededFor(MapType type) {
        return MapTable.needed(type);
    }

    /** What programs of this type may do; empty for UNSPEC. */
    public Optional<ProgramRules> rules(ProgramType type) {
        return ProgramTable.rules(type);
    }

    /**
     * What a program may return from its entry function.
     *
     * @param targetReturnsVoid whether the hook or struct_ops member that the program stands for has no result
     */
    public ReturnRule returnRule(ProgramKind program, boolean targetReturnsVoid) {
        return ReturnTable.rule(program, targetReturnsVoid, version);
    }

    /** Whether programs of this kind may be loaded with {@code BPF_F_SLEEPABLE}; SYSCALL programs must. */
    public boolean maySleep(ProgramKind program) {
        return ProgramTable.maySleep(program)
                && ProgramTable.sleepingSince(program.type()).compareTo(version) <= 0;
    }

    /** Whether programs may attach to this hook of the security modules ({@code file_open}), if there is one of that name. */
    public boolean mayAttachToHook(String hook) {
        return !AttachTargets.DISABLED_HOOKS.contains(hook);
    }

    /** Whether the arguments of this hook of the security modules are objects being made or freed, and so not trusted. */
    public boolean hasUntrustedArguments(String hook) {
        return AttachTargets.HOOKS_WITH_UNTRUSTED_ARGUMENTS.contains(hook);
    }

    /** Whether this helper takes a map of this type, in such a program: {@code check_map_func_compatibility}. */
    public boolean takesMap(HelperId helper, MapType map, ProgramKind program) {
        return MapTable.takes(helper, map, program);
    }

    /** Whether maps of this type may be used by such a program at all: {@code check_map_prog_compatibility}. */
    public boolean mayUseMap(ProgramKind program, MapType map) {
        return MapTable.mayUse(program, map, version);
    }

    /** The layout of the context, where it does not come from BTF (TRACING, LSM, STRUCT_OPS) or from the program replaced (EXT). */
    public Optional<ContextLayout> context(ProgramType type) {
        return contexts.layout(type);
    }

    /** What may be read through a pointer to a socket of the verifier's own kinds; nothing is ever written. */
    public ContextLayout socket(SocketKind kind) {
        return contexts.socket(kind);
    }

    /** What is known of a kernel function of this name, whether or not this kernel has it yet: see {@link KernelFunction#since()}. */
    public Optional<KernelFunction> kernelFunction(String name) {
        return KernelFunctionTable.lookup(name);
    }
}
