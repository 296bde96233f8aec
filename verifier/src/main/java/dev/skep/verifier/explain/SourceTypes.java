package dev.skep.verifier.explain;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfKind;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.FunctionSpec;
import dev.skep.verifier.Place;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the object's types tell about variables of the source, as far as their declarations are among the recorded lines. */
public final class SourceTypes {
    private static final Pattern FIELD = Pattern.compile("([A-Za-z_]\\w*)\\s*(?:->|\\.)\\s*([A-Za-z_]\\w*)");

    private static final Pattern INDEXED = Pattern.compile("([A-Za-z_]\\w*)\\s*\\[");

    private static final Pattern PACKET_END = Pattern.compile("([A-Za-z_]\\w*)\\s*=(?!=)[^=]*->\\s*data_end\\b");

    private final Btf types;
    private final List<FunctionSpec.Line> lines;

    SourceTypes(Btf types, List<FunctionSpec.Line> lines) {
        this.types = types;
        this.lines = lines;
    }

    /** A field of a structure that a line accesses. */
    public record Field(String variable, BtfType.Composite structure, BtfType.Member member) {
        int offset() {
            return member.bitOffset() / 8;
        }
    }

    /** The field accessed in a line, at its column or the first after it. */
    public Optional<Field> field(Place place) {
        return field(place, true);
    }

    /** As {@link #field(Place)}, but only if the variable's declaration is among the lines. */
    Optional<Field> declaredField(Place place) {
        return field(place, false);
    }

    /** As {@link #declaredField(Place)}, of what a pointer points to. */
    Optional<Field> declaredBehindPointer(Place place) {
        return declaredField(place).filter(field -> place.text().matches(".*\\b" + field.variable() + "\\s*->.*"));
    }

    private Optional<Field> field(Place place, boolean guess) {
        Matcher matcher = FIELD.matcher(place.text());
        Optional<Field> last = Optional.empty();
        while (matcher.find()) {
            String variable = matcher.group(1);
            String member = matcher.group(2);
            Optional<Field> found = structure(variable)
                    .or(() -> guess ? onlyStructureWith(member) : Optional.empty())
                    .flatMap(structure -> structure.members().stream()
                            .filter(m -> m.name().equals(member))
                            .findFirst()
                            .map(m -> new Field(variable, structure, m)));
            if (found.isPresent() && matcher.end() + 1 >= place.column()) {
                return found;
            }
            last = found.isPresent() ? found : last;
        }
        return last;
    }

    /** The number of elements of an array that the line indexes. */
    public OptionalInt arrayLength(Place place) {
        return field(place)
                .map(field -> types.type(types.strip(field.member().type())))
                .or(() -> global(place.text()))
                .filter(BtfType.Array.class::isInstance)
                .map(type -> OptionalInt.of(((BtfType.Array) type).length()))
                .orElse(OptionalInt.empty());
    }

    /** The type of the global variable that a line indexes. */
    private Optional<BtfType> global(String text) {
        Matcher matcher = INDEXED.matcher(text);
        while (matcher.find()) {
            OptionalInt id = types.find(matcher.group(1), BtfType.Variable.class);
            if (id.isPresent() && types.type(id.getAsInt()) instanceof BtfType.Variable variable) {
                return Optional.of(types.type(types.strip(variable.type())));
            }
        }
        return Optional.empty();
    }

    /** What the source calls the packet's end. */
    public Optional<String> packetEnd() {
        return lines.stream()
                .map(line -> PACKET_END.matcher(line.text()))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    /** The structure that a variable is of or points to. */
    private Optional<BtfType.Composite> structure(String variable) {
        Pattern declaration = Pattern.compile("struct\\s+(\\w+)\\s*[*\\s]\\s*\\*?" + Pattern.quote(variable) + "\\b");
        return lines.stream()
                .map(line -> declaration.matcher(line.text()))
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .flatMap(this::composite);
    }

    /** The one structure of the object that has such a member: a declaration is among the lines only if it makes code. */
    private Optional<BtfType.Composite> onlyStructureWith(String member) {
        BtfType.Composite only = null;
        for (int id = types.firstId(); id < types.typeCount(); id++) {
            if (types.kind(id) == BtfKind.STRUCT
                    && types.type(id) instanceof BtfType.Composite structure
                    && structure.members().stream().anyMatch(m -> m.name().equals(member))) {
                if (only != null) {
                    return Optional.empty();
                }
                only = structure;
            }
        }
        return Optional.ofNullable(only);
    }

    private Optional<BtfType.Composite> composite(String name) {
        OptionalInt id = types.find(name, BtfType.Composite.class);
        return id.isPresent() && types.type(id.getAsInt()) instanceof BtfType.Composite structure
                ? Optional.of(structure)
                : Optional.empty();
    }
}
