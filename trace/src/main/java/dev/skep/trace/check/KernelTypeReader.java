package dev.skep.trace.check;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;
import dev.skep.trace.system.Tracepoints;
import dev.skep.trace.type.AddressSpace;
import dev.skep.trace.type.TraceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Takes types from BTF. */
final class KernelTypeReader {
    private static final TraceType.Number BYTE = new TraceType.Number(1, false);

    /** Of include/linux/tracepoint.h and include/trace/bpf_probe.h, followed by the tracepoint's name. */
    private static final List<String> RAW_FUNCTIONS = List.of("__probestub_", "__traceiter_", "__bpf_trace_");

    private final Btf btf;
    private final Map<String, Integer> anonymous = new HashMap<>();

    KernelTypeReader(Btf btf) {
        this.btf = btf;
    }

    Btf btf() {
        return btf;
    }

    /** The type with a name. @param keyword {@code struct}, {@code union} or {@code enum}; {@code ""} for other names */
    Optional<TraceType> named(String keyword, String name) {
        Optional<TraceType> exact = exactly(keyword, name);
        return exact.isPresent() || !keyword.isEmpty()
                ? exact
                : Stream.of("struct", "union", "enum")
                        .flatMap(word -> exactly(word, name).stream())
                        .findFirst();
    }

    private Optional<TraceType> exactly(String keyword, String name) {
        for (int id : btf.idsNamed(name)) {
            BtfType type = btf.type(id);
            boolean fits = switch (type) {
                case BtfType.Composite composite -> keyword.equals(composite.union() ? "union" : "struct");
                case BtfType.Enumeration enumeration ->
                    keyword.equals("enum") && !enumeration.enumerators().isEmpty();
                case BtfType.Typedef typedef -> keyword.isEmpty();
                case BtfType.Int number -> keyword.isEmpty();
                default -> false;
            };
            if (fits) {
                return Optional.of(type(id));
            }
        }
        return Optional.empty();
    }

    /** Whether pointers to what each CPU has of its own are marked as such: those cannot be followed. */
    boolean marksPerCpu() {
        return btf.find("percpu", BtfType.TypeTag.class).isPresent();
    }

    /** Whether a variable is described. */
    boolean hasVariable(String name) {
        return btf.idsNamed(name).stream().anyMatch(id -> btf.type(id) instanceof BtfType.Variable);
    }

    /** A type by its number. */
    TraceType type(int id) {
        int plain = btf.strip(id);
        return switch (btf.type(plain)) {
            case BtfType.Int number -> number(number);
            case BtfType.Pointer pointer -> pointer(pointer);
            case BtfType.Array array -> array(array);
            case BtfType.Composite composite -> structure(plain, composite);
            case BtfType.Forward forward ->
                new TraceType.Structure((forward.union() ? "union " : "struct ") + forward.name(), 0, 1);
            case BtfType.Enumeration enumeration ->
                enumeration.name().isEmpty()
                        ? new TraceType.Number(enumeration.size(), enumeration.signed())
                        : new TraceType.Enumeration(
                                "enum " + enumeration.name(), enumeration.size(), enumeration.signed());
            case BtfType.Float number -> new TraceType.Array(BYTE, number.size());
            default -> new TraceType.Nothing();
        };
    }

    private static TraceType number(BtfType.Int number) {
        if (number.bool()) {
            return new TraceType.Truth();
        }
        return number.size() > 8
                ? new TraceType.Array(BYTE, number.size())
                : new TraceType.Number(number.size(), number.signed());
    }

    private TraceType pointer(BtfType.Pointer pointer) {
        boolean ofProcess = pointer.target() != 0
                && btf.type(pointer.target()) instanceof BtfType.TypeTag tag
                && tag.name().equals("user");
        return new TraceType.Pointer(
                pointer.target() == 0 ? new TraceType.Nothing() : type(pointer.target()),
                ofProcess ? AddressSpace.USER : AddressSpace.UNKNOWN);
    }

    private TraceType array(BtfType.Array array) {
        boolean text = btf.type(btf.strip(array.element())) instanceof BtfType.Int element
                && element.size() == 1
                && element.name().equals("char");
        return text ? new TraceType.Text(array.length()) : new TraceType.Array(type(array.element()), array.length());
    }

    private TraceType.Structure structure(int id, BtfType.Composite composite) {
        String keyword = composite.union() ? "union " : "struct ";
        String name = composite.name();
        if (name.isEmpty()) {
            name = "(anonymous " + id + ")";
            anonymous.put(keyword + name, id);
        }
        return new TraceType.Structure(keyword + name, composite.size(), composite.size() % 8 == 0 ? 8 : 1);
    }

    /** The members of a structure, those of members without a name among them; empty if BTF has no such structure. */
    Optional<List<Structures.Member>> members(String fullName) {
        Integer id = anonymous.get(fullName);
        if (id == null) {
            String name = fullName.substring(fullName.indexOf(' ') + 1);
            boolean union = fullName.startsWith("union ");
            id = btf.idsNamed(name).stream()
                    .filter(each -> btf.type(each) instanceof BtfType.Composite composite && composite.union() == union)
                    .findFirst()
                    .orElse(0);
        }
        if (!(btf.type(id) instanceof BtfType.Composite composite)) {
            return Optional.empty();
        }
        List<Structures.Member> members = new ArrayList<>();
        add(composite, 0, members);
        return Optional.of(members);
    }

    private void add(BtfType.Composite composite, int start, List<Structures.Member> members) {
        for (BtfType.Member member : composite.members()) {
            int bit = 8 * start + member.bitOffset();
            if (member.name().isEmpty() && btf.type(btf.strip(member.type())) instanceof BtfType.Composite inner) {
                add(inner, bit / 8, members);
            } else {
                members.add(member(member, bit));
            }
        }
    }

    private Structures.Member member(BtfType.Member member, int bit) {
        TraceType type = type(member.type());
        if (member.bitfieldSize() == 0) {
            return new Structures.Member(member.name(), type, bit / 8, Optional.empty(), Tracepoints.Location.HERE);
        }
        int unit = 8 * type.size();
        int start = bit / unit * unit;
        return new Structures.Member(
                member.name(),
                type,
                start / 8,
                Optional.of(new Structures.Bits(bit - start, member.bitfieldSize())),
                Tracepoints.Location.HERE);
    }

    /** What a function is called with, as a structure of 8 bytes each; after them, what it returns. */
    List<Structures.Member> arguments(BtfType.FunctionPrototype prototype, int skipped) {
        List<Structures.Member> members = new ArrayList<>();
        int offset = 0;
        for (BtfType.Parameter parameter :
                prototype.parameters().subList(skipped, prototype.parameters().size())) {
            members.add(new Structures.Member(
                    parameter.name(),
                    kernel(type(parameter.type())),
                    offset,
                    Optional.empty(),
                    Tracepoints.Location.HERE));
            offset += 8;
        }
        if (prototype.returnType() != 0) {
            members.add(new Structures.Member(
                    Structures.RESULT,
                    kernel(type(prototype.returnType())),
                    offset,
                    Optional.empty(),
                    Tracepoints.Location.HERE));
        }
        return members;
    }

    private static TraceType kernel(TraceType type) {
        return ExpressionTyping.withSpace(type, AddressSpace.KERNEL);
    }

    /** The prototype of a function. */
    Optional<BtfType.FunctionPrototype> function(String name) {
        return btf.find(name, BtfType.Function.class).stream()
                .mapToObj(id -> btf.type(((BtfType.Function) btf.type(id)).prototype()))
                .filter(BtfType.FunctionPrototype.class::isInstance)
                .map(BtfType.FunctionPrototype.class::cast)
                .findFirst();
    }

    /**
     * The prototype of what a raw tracepoint calls, the tracepoint's data first. The functions that the kernel has for a tracepoint name
     * its arguments; the type that it has in any case does not.
     */
    Optional<BtfType.FunctionPrototype> rawTracepoint(String event) {
        return RAW_FUNCTIONS.stream()
                .flatMap(prefix -> function(prefix + event).stream())
                .findFirst()
                .or(() -> rawType(event));
    }

    private Optional<BtfType.FunctionPrototype> rawType(String event) {
        return btf.find("btf_trace_" + event, BtfType.Typedef.class).stream()
                .mapToObj(id -> btf.type(btf.strip(id)))
                .filter(BtfType.Pointer.class::isInstance)
                .map(pointer -> btf.type(btf.strip(((BtfType.Pointer) pointer).target())))
                .filter(BtfType.FunctionPrototype.class::isInstance)
                .map(BtfType.FunctionPrototype.class::cast)
                .findFirst();
    }

    /** The enumeration that has a constant, with the constant's number. */
    Optional<Structures.Constant> constant(String name) {
        for (int id = 1; id < btf.typeCount(); id++) {
            BtfKind kind = btf.kind(id);
            if ((kind == BtfKind.ENUM || kind == BtfKind.ENUM64)
                    && btf.type(id) instanceof BtfType.Enumeration enumeration) {
                for (BtfType.Enumerator enumerator : enumeration.enumerators()) {
                    if (enumerator.name().equals(name)) {
                        return Optional.of(new Structures.Constant(named(id, enumeration), enumerator.value()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** An enumeration, with a name even if it has none: its constants have theirs. */
    private TraceType named(int id, BtfType.Enumeration enumeration) {
        if (!enumeration.name().isEmpty()) {
            return type(id);
        }
        String name = "enum (anonymous " + id + ")";
        anonymous.put(name, id);
        return new TraceType.Enumeration(name, enumeration.size(), enumeration.signed());
    }

    /** The names of an enumeration's numbers. */
    Map<Long, String> enumerators(String fullName) {
        Map<Long, String> names = new HashMap<>();
        Integer unnamed = anonymous.get(fullName);
        OptionalInt found = unnamed == null
                ? btf.find(fullName.substring("enum ".length()), BtfType.Enumeration.class)
                : OptionalInt.of(unnamed);
        if (found.isPresent() && btf.type(found.getAsInt()) instanceof BtfType.Enumeration enumeration) {
            for (BtfType.Enumerator enumerator : enumeration.enumerators()) {
                names.putIfAbsent(enumerator.value(), enumerator.name());
            }
        }
        return names;
    }
}
