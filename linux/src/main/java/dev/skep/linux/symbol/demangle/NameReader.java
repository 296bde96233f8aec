package dev.skep.linux.symbol.demangle;

import java.util.List;
import java.util.Optional;

/** Reads names of functions and variables (Itanium C++ ABI, 5.1.2 to 5.1.4). */
final class NameReader {
    private final MangledText text;
    private final TypeReader types;

    NameReader(MangledText text) {
        this.text = text;
        this.types = new TypeReader(text, this);
    }

    /**
     * A name.
     *
     * @param isTemplate whether it ends in arguments of a template: then its function's result is mangled, too
     * @param suffix what follows the parameters: {@code const}
     */
    record Name(String text, boolean isTemplate, String suffix) {}

    /** A function with its parameters, or a variable. */
    String encoding() {
        Optional<String> special = special();
        if (special.isPresent()) {
            return special.get();
        }
        List<List<Declared>> outer = types.arguments();
        Name name = name();
        if (text.isAtEnd() || text.peek() == 'E' || text.peek() == '.') {
            types.arguments(outer);
            return name.text();
        }
        Optional<Declared> result = name.isTemplate() ? Optional.of(types.type()) : Optional.empty();
        String function = name.text() + "(" + types.parameters() + ")" + name.suffix();
        types.arguments(outer);
        return result.map(type -> type.left() + " " + function + type.right()).orElse(function);
    }

    private Optional<String> special() {
        if (text.peek() != 'T' && text.peek() != 'G') {
            return Optional.empty();
        }
        Optional<String> ofType = Words.special(text);
        if (ofType.isPresent()) {
            return Optional.of(ofType.get() + types.type().text());
        }
        if (text.take("Th")) {
            offset();
            return Optional.of("non-virtual thunk to " + encoding());
        }
        if (text.take("Tv")) {
            offset();
            offset();
            return Optional.of("virtual thunk to " + encoding());
        }
        if (text.take("GV")) {
            return Optional.of("guard variable for " + name().text());
        }
        if (text.take("TW")) {
            return Optional.of("TLS wrapper function for " + name().text());
        }
        if (text.take("TH")) {
            return Optional.of("TLS init function for " + name().text());
        }
        throw new MangledText.Unreadable();
    }

    private void offset() {
        text.take('n');
        text.number();
        text.expect('_');
    }

    Name name() {
        return switch (text.peek()) {
            case 'N' -> nested();
            case 'Z' -> local();
            default -> unscoped();
        };
    }

    private Name unscoped() {
        if (text.peek() == 'S' && !text.at("St")) {
            String template = types.substitution().text();
            return new Name(template + types.templateArguments(true), true, "");
        }
        String scope = text.take("St") ? "std::" : "";
        boolean isConversion = text.at("cv");
        String plain = scope + unqualified("");
        if (text.peek() != 'I') {
            return new Name(plain, false, "");
        }
        types.remember(Declared.of(plain));
        return new Name(spaced(plain) + types.templateArguments(true), !isConversion, "");
    }

    private Name nested() {
        text.expect('N');
        StringBuilder suffix = new StringBuilder();
        boolean isRestrict = text.take('r');
        boolean isVolatile = text.take('V');
        if (text.take('K')) {
            suffix.append(" const");
        }
        suffix.append(isVolatile ? " volatile" : "").append(isRestrict ? " restrict" : "");
        suffix.append(text.take('R') ? " &" : text.take('O') ? " &&" : "");
        String prefix = "";
        String last = "";
        boolean isTemplate = false;
        boolean hasResult = true;
        while (!text.take('E')) {
            boolean isNew = true;
            isTemplate = false;
            if (text.peek() == 'I') {
                prefix = spaced(prefix) + types.templateArguments(true);
                isTemplate = true;
            } else if (text.peek() == 'S' && !text.at("St")) {
                prefix = types.substitution().text();
                last = unscopedName(prefix);
                isNew = false;
            } else if (text.take("St")) {
                prefix = "std";
                isNew = false;
            } else if (text.peek() == 'T') {
                prefix = types.type().text();
                last = unscopedName(prefix);
                isNew = false;
            } else {
                hasResult = !text.at("cv") && text.peek() != 'C' && !text.at("D");
                last = unqualified(last);
                prefix = prefix.isEmpty() ? last : prefix + "::" + last;
            }
            if (isNew && text.peek() != 'E') {
                types.remember(Declared.of(prefix));
            }
        }
        return new Name(prefix, isTemplate && hasResult, suffix.toString());
    }

    /** What a bracket can follow: an operator may end in one itself. */
    private static String spaced(String name) {
        return name.endsWith("<") ? name + " " : name;
    }

    /** The last name in a path, without arguments: what its constructor is called. */
    private static String unscopedName(String path) {
        int depth = 0;
        int end = path.length();
        for (int i = path.length() - 1; i >= 0; i--) {
            char each = path.charAt(i);
            if (each == '>') {
                depth++;
            } else if (each == '<') {
                depth--;
                end = depth == 0 ? i : end;
            } else if (each == ':' && depth == 0) {
                return path.substring(i + 1, end);
            }
        }
        return path.substring(0, end);
    }

    private Name local() {
        text.expect('Z');
        String function = encoding();
        text.expect('E');
        if (text.take('s')) {
            discriminator();
            return new Name(function + "::string literal", false, "");
        }
        if (text.take('d')) {
            int index = text.sequence(10);
            Name inner = name();
            return new Name(
                    function + "::{default arg#" + (index + 1) + "}::" + inner.text(),
                    inner.isTemplate(),
                    inner.suffix());
        }
        Name inner = name();
        discriminator();
        return new Name(function + "::" + inner.text(), inner.isTemplate(), inner.suffix());
    }

    private void discriminator() {
        if (text.take("__")) {
            text.number();
            text.expect('_');
        } else if (text.peek() == '_' && Character.isDigit(text.peek(1))) {
            text.next();
            text.next();
        }
    }

    /** @param owner the class's name, for constructors */
    private String unqualified(String owner) {
        text.take('L'); // seen in its file alone
        String name = bare(owner);
        while (text.take('B')) {
            name += "[abi:" + source() + "]";
        }
        return name;
    }

    private String bare(String owner) {
        if (text.atDigit()) {
            return source();
        }
        if (text.at("DC")) {
            throw new MangledText.Unreadable();
        }
        if (text.peek() == 'C' || text.peek() == 'D') {
            boolean isConstructor = text.next() == 'C';
            text.next();
            int tags = owner.indexOf("[abi:");
            return (isConstructor ? "" : "~") + (tags < 0 ? owner : owner.substring(0, tags));
        }
        if (text.take("Ut")) {
            return "{unnamed type#" + (text.sequence(10) + 1) + "}";
        }
        if (text.take("Ul")) {
            String parameters = types.parametersOfLambda();
            text.expect('E');
            return "{lambda(" + parameters + ")#" + (text.sequence(10) + 1) + "}";
        }
        if (text.take("cv")) {
            return "operator " + types.type().text();
        }
        if (text.take("li")) {
            return "operator\"\" " + source();
        }
        return "operator" + Words.operator(text).orElseThrow(MangledText.Unreadable::new);
    }

    /** {@code 3foo}. */
    String source() {
        String name = text.characters(text.number());
        return name.startsWith("_GLOBAL__N") ? "(anonymous namespace)" : name;
    }
}
