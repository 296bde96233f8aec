package dev.skep.cli.gen;

import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.lang.model.SourceVersion;

/** What fields of the kernel's structures are in Java. */
final class KernelFields {
    /** What a field is declared as, or why it cannot be. */
    sealed interface Form {
        /** @param annotations without the at sign, in the order in which they are written */
        record Declared(List<String> annotations, String type) implements Form {}

        /** A structure: pointed to, or inside. @param struct its id */
        record Structure(int struct, boolean inside) implements Form {}

        /** @param why for a sentence: {@code state is a bit field} */
        record Impossible(String why) implements Form {}
    }

    private static final Form ADDRESS = new Form.Declared(List.of("Address"), "long");

    private final Btf btf;

    KernelFields(Btf btf) {
        this.btf = btf;
    }

    /** The named members of a structure, those of its unnamed parts included. */
    List<BtfType.Member> of(int struct) {
        List<BtfType.Member> found = new ArrayList<>();
        for (BtfType.Member member : ((BtfType.Composite) btf.type(struct)).members()) {
            int type = btf.strip(member.type());
            if (!member.name().isEmpty()) {
                found.add(member);
            } else if (btf.type(type) instanceof BtfType.Composite) {
                found.addAll(of(type));
            }
        }
        return found;
    }

    /** The member with this name. */
    Optional<BtfType.Member> find(int struct, String name) {
        return of(struct).stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /** What a member is declared as. */
    Form form(BtfType.Member member) {
        if (member.bitfieldSize() != 0) {
            return new Form.Impossible("is a bit field");
        }
        if (SourceVersion.isKeyword(member.name())) {
            return new Form.Impossible("is a keyword of Java");
        }
        return form(btf.strip(member.type()));
    }

    private Form form(int type) {
        return switch (btf.type(type)) {
            case BtfType.Int number ->
                number(number)
                        .<Form>map(name -> new Form.Declared(signs(number), name))
                        .orElseGet(() -> new Form.Impossible("has " + number.size() + " bytes"));
            case BtfType.Pointer pointer -> {
                OptionalInt struct = named(btf.strip(pointer.target()));
                yield struct.isPresent() ? new Form.Structure(struct.getAsInt(), false) : ADDRESS;
            }
            case BtfType.Composite composite -> {
                OptionalInt struct = named(type);
                yield struct.isPresent()
                        ? new Form.Structure(struct.getAsInt(), true)
                        : new Form.Impossible(composite.union() ? "is a union" : "is a structure without a name");
            }
            case BtfType.Array array -> array(array);
            case BtfType.Enumeration enumeration -> new Form.Impossible("is an enumeration");
            default -> new Form.Impossible("is no number");
        };
    }

    private OptionalInt named(int type) {
        return btf.type(type) instanceof BtfType.Composite struct
                        && !struct.union()
                        && !struct.name().isEmpty()
                ? OptionalInt.of(type)
                : OptionalInt.empty();
    }

    private Form array(BtfType.Array array) {
        if (array.length() > 0 && btf.type(btf.strip(array.element())) instanceof BtfType.Int number) {
            Optional<String> name = number(number);
            if (name.isPresent()) {
                List<String> annotations = new ArrayList<>(List.of("Length(" + array.length() + ")"));
                annotations.addAll(signs(number));
                return new Form.Declared(annotations, name.get() + "[]");
            }
        }
        return new Form.Impossible(
                array.length() == 0 ? "is an array of unknown length" : "is an array, but not of numbers");
    }

    private static Optional<String> number(BtfType.Int number) {
        return switch (number.size()) {
            case 1 -> Optional.of(number.bool() ? "boolean" : "byte");
            case 2 -> Optional.of("short");
            case 4 -> Optional.of("int");
            case 8 -> Optional.of("long");
            default -> Optional.empty();
        };
    }

    private static List<String> signs(BtfType.Int number) {
        return number.signed() || number.bool() ? List.of() : List.of("Unsigned");
    }
}
