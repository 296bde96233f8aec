package dev.skep.linux.symbol.demangle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads types, and the arguments of templates (Itanium C++ ABI, 5.1.5). */
final class TypeReader {
    private static final int DEEPEST = 200;

    private final MangledText text;
    private final NameReader names;
    private final List<Declared> known = new ArrayList<>();
    private List<List<Declared>> arguments = List.of();
    /** Which element of a pack is meant while one is expanded; -1 for none. */
    private int element = -1;

    private int longestPack;
    private int depth;
    private boolean inLambda;

    TypeReader(MangledText text, NameReader names) {
        this.text = text;
        this.names = names;
    }

    /** Remembers what later parts of the name can refer to. */
    Declared remember(Declared type) {
        known.add(type);
        return type;
    }

    /** What the parameters of templates stand for. */
    List<List<Declared>> arguments() {
        return arguments;
    }

    void arguments(List<List<Declared>> current) {
        this.arguments = current;
    }

    Declared type() {
        if (++depth > DEEPEST) {
            throw new MangledText.Unreadable();
        }
        Declared type = unlimitedType();
        depth--;
        return type;
    }

    private Declared unlimitedType() {
        char first = text.peek();
        if (first == 'D' && (text.peek(1) == 'p' || text.peek(1) == 'o' || text.peek(1) == 'O')) {
            return special();
        }
        Optional<String> builtin = Words.type(text);
        if (builtin.isPresent()) {
            return Declared.of(builtin.get());
        }
        return switch (first) {
            case 'r', 'V', 'K' -> qualified();
            case 'P', 'R', 'O' -> {
                text.next();
                yield remember(reference(type(), first));
            }
            case 'F' -> remember(function());
            case 'A' -> remember(array());
            case 'M' -> remember(member());
            case 'T' -> parameter();
            case 'S' -> substitutionOrName();
            case 'u' -> {
                text.next();
                yield remember(Declared.of(names.source()));
            }
            default -> remember(named());
        };
    }

    /** References to references are one. */
    private static Declared reference(Declared to, char kind) {
        String star = kind == 'P' ? "*" : kind == 'R' ? "&" : "&&";
        if (kind != 'P' && to.left().endsWith("&") && !to.wrapped()) {
            boolean both = kind == 'O' && to.left().endsWith("&&");
            return both || !to.left().endsWith("&&")
                    ? to
                    : new Declared(to.left().substring(0, to.left().length() - 1), to.right(), false);
        }
        return to.pointer(star);
    }

    private Declared qualified() {
        StringBuilder words = new StringBuilder();
        if (text.take('r')) {
            words.append(" restrict");
        }
        boolean isVolatile = text.take('V');
        if (text.take('K')) {
            words.append(" const");
        }
        if (isVolatile) {
            words.append(" volatile");
        }
        return remember(type().qualified(words.substring(1)));
    }

    private Declared special() {
        if (text.take("Dp")) {
            return expansion();
        }
        if (text.take("Do")) {
            Declared function = function();
            return remember(new Declared(function.left(), function.right() + " noexcept", true));
        }
        throw new MangledText.Unreadable();
    }

    /** The pattern once for each element of the pack in it. */
    private Declared expansion() {
        int start = text.position();
        int outer = element;
        int outerLongest = longestPack;
        longestPack = -1;
        element = 0;
        List<String> all = new ArrayList<>();
        String first = type().text();
        int end = text.position();
        int count = longestPack;
        if (count != 0) {
            all.add(first);
        }
        for (int i = 1; i < count; i++) {
            element = i;
            text.seek(start);
            all.add(type().text());
        }
        text.seek(end);
        element = outer;
        longestPack = outerLongest;
        return Declared.of(String.join(", ", all));
    }

    private Declared function() {
        text.expect('F');
        text.take('Y'); // extern "C"
        Declared result = type();
        String parameters = parameters();
        String reference = text.at("RE") ? " &" : text.at("OE") ? " &&" : "";
        text.seek(text.position() + (reference.isEmpty() ? 0 : 1));
        text.expect('E');
        return new Declared(result.left(), "(" + parameters + ")" + reference + result.right(), true);
    }

    /** The types of parameters, up to the end or what ends a function. */
    String parameters() {
        List<String> types = new ArrayList<>();
        while (!text.isAtEnd() && text.peek() != 'E' && text.peek() != '.' && !text.at("RE") && !text.at("OE")) {
            String type = type().text();
            if (!type.isEmpty()) {
                types.add(type);
            }
        }
        return types.equals(List.of("void")) ? "" : String.join(", ", types);
    }

    /** As {@link #parameters}, of a lambda, which can have {@code auto} ones. */
    String parametersOfLambda() {
        List<List<Declared>> outer = arguments;
        boolean wasInLambda = inLambda;
        arguments = List.of();
        inLambda = true;
        String types = parameters();
        arguments = outer;
        inLambda = wasInLambda;
        return types;
    }

    private Declared array() {
        text.expect('A');
        String size = text.atDigit() ? String.valueOf(text.number()) : "";
        text.expect('_');
        Declared of = type();
        String inner = of.wrapped() && of.right().startsWith(" [") ? of.right().substring(1) : of.right();
        return new Declared(of.left(), " [" + size + "]" + inner, true);
    }

    private Declared member() {
        text.expect('M');
        String owner = type().text();
        Declared of = type();
        return of.wrapped() ? of.pointer(owner + "::*") : of.pointer(" " + owner + "::*");
    }

    private Declared parameter() {
        text.expect('T');
        if (text.peek() != '_' && !text.atDigit()) {
            throw new MangledText.Unreadable(); // Ts, Tu and Te: names with a word before them
        }
        Declared found = argument(text.sequence(10));
        remember(found);
        return withArguments(found);
    }

    private Declared argument(int index) {
        if (index >= arguments.size()) {
            if (!inLambda) {
                throw new MangledText.Unreadable();
            }
            return Declared.of("auto:" + (index + 1));
        }
        List<Declared> values = arguments.get(index);
        if (values.size() == 1 && !(values instanceof ArrayList)) {
            return values.getFirst();
        }
        if (element >= 0) {
            longestPack = Math.max(longestPack, values.size());
            return element < values.size() ? values.get(element) : Declared.of("");
        }
        return Declared.of(joined(values));
    }

    private Declared substitutionOrName() {
        if (text.at("St")) {
            return remember(named());
        }
        return withArguments(substitution());
    }

    /** A class: what arguments it has mean nothing outside of it. */
    private Declared named() {
        List<List<Declared>> outer = arguments;
        Declared name = Declared.of(names.name().text());
        arguments = outer;
        return name;
    }

    /** What an earlier part of the name was; its letters are taken. */
    Declared substitution() {
        text.expect('S');
        if (text.peek() != '_' && !text.atDigit() && !Character.isUpperCase(text.peek())) {
            return Declared.of(Words.standard(text));
        }
        int index = text.sequence(36);
        if (index >= known.size()) {
            throw new MangledText.Unreadable();
        }
        return known.get(index);
    }

    private Declared withArguments(Declared template) {
        return text.peek() == 'I' ? remember(Declared.of(template.text() + templateArguments(false))) : template;
    }

    /** {@code <int, 3>}. @param kept whether parameters that follow mean these */
    String templateArguments(boolean kept) {
        text.expect('I');
        List<List<Declared>> outer = arguments;
        List<List<Declared>> all = new ArrayList<>();
        while (!text.take('E')) {
            all.add(templateArgument());
        }
        arguments = kept ? all : outer;
        String list = joined(all.stream().flatMap(List::stream).toList());
        // An empty pack at the end hides from c++filt that another bracket is before it.
        boolean endsInBracket = !all.isEmpty() && joined(all.getLast()).endsWith(">");
        return "<" + list + (endsInBracket ? " >" : ">");
    }

    /** One argument, or the elements of a pack, which are a list that can grow. */
    private List<Declared> templateArgument() {
        return switch (text.peek()) {
            case 'L' -> List.of(Declared.of(literal()));
            case 'J' -> {
                text.next();
                List<Declared> pack = new ArrayList<>();
                while (!text.take('E')) {
                    pack.addAll(templateArgument());
                }
                yield pack;
            }
            case 'X' -> throw new MangledText.Unreadable(); // expressions
            default -> List.of(type());
        };
    }

    private static String joined(List<Declared> types) {
        return String.join(
                ", ",
                types.stream()
                        .map(Declared::text)
                        .filter(type -> !type.isEmpty())
                        .toList());
    }

    private String literal() {
        text.expect('L');
        if (text.take("_Z")) {
            String name = names.encoding();
            text.expect('E');
            return name;
        }
        char kind = text.peek();
        String type = type().text();
        String sign = text.take('n') ? "-" : "";
        StringBuilder digits = new StringBuilder();
        while (text.peek() != 'E') {
            digits.append(text.next());
        }
        text.expect('E');
        String value = sign + digits;
        return switch (kind) {
            case 'b' -> value.equals("1") ? "true" : value.equals("0") ? "false" : "(bool)" + value;
            case 'i' -> value;
            case 'j' -> value + "u";
            case 'l' -> value + "l";
            case 'm' -> value + "ul";
            case 'x' -> value + "ll";
            case 'y' -> value + "ull";
            default -> "(" + type + ")" + value;
        };
    }
}
