package dev.skep.trace.check;

import dev.skep.object.btf.BtfType;
import dev.skep.trace.cdefinition.CDefinitions;
import dev.skep.trace.cdefinition.CLayout;
import dev.skep.trace.cdefinition.KnownTypes;
import dev.skep.trace.plan.ProbeTarget;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.system.Tracepoints;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The structures that scripts may look into: what tracepoints record, what the kernel's BTF describes, what a script defines. */
public final class Structures {
    /** The name of the member that is what a function returned. */
    static final String RESULT = "$retval";

    private static final String USER_ARGUMENTS = "struct _uprobe_";

    private final TraceSystem system;
    private final DefinedTypes defined;
    private final UserTypes user;
    private final Map<String, List<Member>> known = new HashMap<>();
    private final Map<String, TraceType> types = new HashMap<>();
    private final Map<String, Optional<Constant>> constants = new HashMap<>();
    private final Map<ProbeTarget, TraceType.Structure> arguments = new HashMap<>();
    private final Map<String, KernelTypeReader> modules = new LinkedHashMap<>();
    private @Nullable KernelTypeReader kernel;

    /** Those of a machine and of a script's preamble. @param traced programs and libraries whose types are known, too */
    public Structures(TraceSystem system, CDefinitions definitions, List<String> traced) {
        this.system = system;
        this.user = new UserTypes(system, traced, this::ofKernel);
        this.defined = new DefinedTypes(definitions, this::ofUserOrKernel, "");
    }

    private Optional<TraceType> ofUserOrKernel(String name) {
        return user.named(name).or(() -> ofKernel(name));
    }

    /**
     * A member of a structure.
     *
     * @param offset in bytes from the structure's start
     * @param bits for a bitfield, where its bits are in the number of {@code type.size()} bytes at {@code offset}
     * @param location of arrays in records of tracepoints
     */
    public record Member(String name, TraceType type, int offset, Optional<Bits> bits, Tracepoints.Location location) {}

    /** Bits of a number. @param shift how many are below them @param count how many they are */
    public record Bits(int shift, int count) {}

    /** A named number. @param type the enumeration it is of, if that has a name */
    public record Constant(TraceType type, long value) {}

    /** The kernel's types, read when first needed: most scripts need none. */
    private Optional<KernelTypeReader> kernel() {
        if (kernel == null) {
            kernel = system.types().kernel().map(KernelTypeReader::new).orElse(null);
        }
        return Optional.ofNullable(kernel);
    }

    /** Those of a module, from then on looked at after the kernel's. */
    private Optional<KernelTypeReader> module(String name) {
        if (name.equals("vmlinux")) {
            return kernel();
        }
        if (!modules.containsKey(name)) {
            system.types().module(name).ifPresent(btf -> modules.put(name, new KernelTypeReader(btf)));
        }
        return Optional.ofNullable(modules.get(name));
    }

    /** What the kernel knows of something, or a module whose functions the script traces. */
    private <T> Optional<T> inKernel(Function<KernelTypeReader, Optional<T>> question) {
        return kernel().flatMap(question)
                .or(() -> modules.values().stream()
                        .flatMap(reader -> question.apply(reader).stream())
                        .findFirst());
    }

    /** How large the kernel's types are, for definitions that use them. */
    public static KnownTypes layouts(TraceSystem system) {
        Structures structures = new Structures(system, CDefinitions.NONE, List.of());
        return name -> structures.named(name).map(type -> new CLayout(type.size(), type.alignment()));
    }

    /** The members of a structure, in order; none if it is not known. */
    public List<Member> members(TraceType.Structure structure) {
        return known.computeIfAbsent(
                structure.name(),
                name -> defined.members(name)
                        .or(() -> user.members(name))
                        .or(() -> inKernel(reader -> reader.members(name)))
                        .orElse(List.of()));
    }

    /**
     * Whether the kernel's verifier follows pointers by their types as they are known here. Not if there are types of pointers that it
     * does not follow.
     */
    public boolean areFollowed() {
        return kernel().filter(reader -> !reader.marksPerCpu()).isPresent();
    }

    /** Whether the kernel's BTF says what a structure consists of, not the script, nor a tracepoint's format or a function's type. */
    public boolean isOfKernel(TraceType.Structure structure) {
        return defined.members(structure.name()).isEmpty()
                && user.members(structure.name()).isEmpty()
                && inKernel(reader -> reader.members(structure.name())).isPresent();
    }

    /** A member of a structure. */
    public Optional<Member> member(TraceType.Structure structure, String name) {
        return members(structure).stream()
                .filter(member -> member.name().equals(name))
                .findFirst();
    }

    /** The names of an enumeration's numbers. @param name with its keyword */
    public Map<Long, String> enumerators(String name) {
        return defined.enumerators(name)
                .or(() -> user.enumerators(name))
                .or(() -> kernel().map(reader -> reader.enumerators(name)))
                .orElse(Map.of());
    }

    /** A type by its name. @param name with its keyword, if it has one */
    Optional<TraceType> named(String name) {
        return remembered(types, name, () -> defined.named(name).or(() -> ofUserOrKernel(name)));
    }

    /** What was found before, else what is found now. Only what is found is remembered: more is there once a module is looked at. */
    private static <K, V> Optional<V> remembered(Map<K, V> before, K key, Supplier<Optional<V>> search) {
        Optional<V> found = Optional.ofNullable(before.get(key)).or(search);
        found.ifPresent(value -> before.put(key, value));
        return found;
    }

    private Optional<TraceType> ofKernel(String name) {
        int space = name.indexOf(' ');
        String keyword = space < 0 ? "" : name.substring(0, space);
        return inKernel(reader -> reader.named(keyword, name.substring(space + 1)));
    }

    /** A constant of an enumeration. */
    Optional<Constant> constant(String name) {
        return constants.computeIfAbsent(
                name,
                _ -> defined.constant(name)
                        .or(() -> HeaderConstants.number(name)
                                .map(value -> new Constant(Promotion.smallest(value, false), value)))
                        .or(() -> kernel().flatMap(reader -> reader.constant(name))));
    }

    /** Whether the kernel has a variable. */
    boolean hasVariable(String name) {
        return kernel().map(reader -> reader.hasVariable(name)).orElse(false);
    }

    /** Whether the kernel has a function. */
    boolean hasFunction(String name) {
        return kernel().flatMap(reader -> reader.function(name)).isPresent();
    }

    /** What a probe's {@code args} are; empty if it has none. */
    Optional<TraceType.Structure> arguments(ProbeTarget target) {
        return remembered(arguments, target, () -> findArguments(target));
    }

    private Optional<TraceType.Structure> findArguments(ProbeTarget target) {
        return switch (target) {
            case ProbeTarget.Tracepoint(String category, String event) ->
                system.tracepoints().format(category, event).map(this::define);
            case ProbeTarget.RawTracepoint raw ->
                kernel().flatMap(reader -> reader.rawTracepoint(raw.event())
                        .map(prototype -> define(reader, "struct _rawtracepoint_" + raw.event(), prototype, 1)));
            case ProbeTarget.Fentry fentry ->
                module(fentry.module())
                        .flatMap(reader -> reader.function(fentry.function())
                                .map(prototype -> define(
                                        reader,
                                        "struct _function_" + fentry.module() + "_" + fentry.function(),
                                        prototype,
                                        0)));
            case ProbeTarget.Uprobe uprobe when !uprobe.isReturn() -> define(uprobe);
            default -> Optional.empty();
        };
    }

    /** What a function of a program gets, as its {@code args} are made of; they lie in registers, where the program's context has them. */
    UserTypes.Arguments arguments(ProbeTarget.Uprobe uprobe) {
        return user.arguments(uprobe);
    }

    private Optional<TraceType.Structure> define(ProbeTarget.Uprobe uprobe) {
        List<Member> members = arguments(uprobe).members();
        if (members.isEmpty()) {
            return Optional.empty();
        }
        String name = USER_ARGUMENTS + uprobe.binary() + "_" + String.join(",", uprobe.symbols());
        known.put(name, members);
        int end = members.stream()
                .mapToInt(member -> member.offset() + Long.BYTES)
                .max()
                .orElse(0);
        return Optional.of(new TraceType.Structure(name, end, Long.BYTES));
    }

    /** Whether a structure is the arguments of a function of a program. */
    static boolean isUserArguments(TraceType.Structure structure) {
        return structure.name().startsWith(USER_ARGUMENTS);
    }

    /** What a function returns, after its arguments; empty if it returns nothing. */
    public Optional<Member> result(ProbeTarget.Fentry fentry) {
        return arguments(fentry).flatMap(arguments -> member(arguments, RESULT));
    }

    /** What an iterator's programs are called with. */
    Optional<TraceType.Structure> context(ProbeTarget.Iterator iterator) {
        return named("struct bpf_iter__" + iterator.kind())
                .filter(TraceType.Structure.class::isInstance)
                .map(TraceType.Structure.class::cast);
    }

    private TraceType.Structure define(
            KernelTypeReader reader, String name, BtfType.FunctionPrototype prototype, int skipped) {
        List<Member> members = reader.arguments(prototype, skipped);
        known.put(name, members);
        return new TraceType.Structure(name, 8 * members.size(), 8);
    }

    private TraceType.Structure define(Tracepoints.Format format) {
        String name = "struct _tracepoint_" + format.name().category() + "_"
                + format.name().event();
        AddressSpace space = format.name().category().startsWith("syscalls") ? AddressSpace.USER : AddressSpace.KERNEL;
        known.computeIfAbsent(
                name,
                n -> format.fields().stream().map(field -> member(field, space)).toList());
        int size = format.fields().stream()
                .mapToInt(field -> field.offset() + field.size())
                .max()
                .orElse(0);
        return new TraceType.Structure(name, (size + 7) & -8, 8);
    }

    private Member member(Tracepoints.Field field, AddressSpace space) {
        return new Member(
                field.name(),
                new RecordedType(this::named, space).of(field),
                field.offset(),
                Optional.empty(),
                field.location());
    }
}
