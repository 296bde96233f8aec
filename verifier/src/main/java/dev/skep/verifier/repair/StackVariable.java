package dev.skep.verifier.repair;

import dev.skep.verifier.Fix;
import dev.skep.verifier.Place;
import dev.skep.verifier.explain.AccessText;
import dev.skep.verifier.explain.Naming;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The variable on the stack that a call reads, and how it is cleared in C. */
final class StackVariable {
    private static final Pattern INITIALIZED =
            Pattern.compile("^(\\s*)((?:struct |union )?\\w+) (\\w+)\\s*=\\s*\\{(.*)}\\s*;\\s*$");
    private static final Pattern MEMBER = Pattern.compile("\\.(\\w+)\\s*=\\s*([^,{}]+)(?:,|$)\\s*");
    private static final int ARGUMENTS = 5;

    private final Situation situation;
    private final Place place;

    StackVariable(Situation situation) {
        this.situation = situation;
        this.place = situation.place();
    }

    /** All of it set to 0 before anything of it is set. */
    Fix cleared() {
        String description = "clear the whole variable, padding included, before its members are set";
        Place first = situation.rejection().rootCause();
        Matcher declared = INITIALIZED.matcher(SourceEdits.withoutComment(first.text()));
        if (declared.matches()) {
            return declaredThenCleared(first, declared, description);
        }
        Optional<String> name = name();
        boolean written = name.isPresent() && first.text().contains(name.get()) && !first.isSameLine(place);
        return name.map(variable -> situation
                        .edits()
                        .before(
                                written ? first : place,
                                description,
                                "__builtin_memset(&" + variable + ", 0, sizeof(" + variable + "));"))
                .orElseGet(() -> new Fix(place, description, "", false, false));
    }

    /** An initializer leaves padding out: the members are set after the clearing. */
    private static Fix declaredThenCleared(Place first, Matcher declared, String description) {
        String indentation = declared.group(1);
        String variable = declared.group(3);
        StringBuilder code = new StringBuilder();
        code.append(indentation)
                .append(declared.group(2))
                .append(' ')
                .append(variable)
                .append(";\n");
        code.append(indentation)
                .append("__builtin_memset(&")
                .append(variable)
                .append(", 0, sizeof(")
                .append(variable)
                .append("));");
        Matcher member = MEMBER.matcher(declared.group(4).strip());
        int end = 0;
        while (member.find() && member.start() == end) {
            code.append('\n')
                    .append(indentation)
                    .append(variable)
                    .append('.')
                    .append(member.group(1))
                    .append(" = ")
                    .append(member.group(2).strip())
                    .append(';');
            end = member.end();
        }
        return end == declared.group(4).strip().length()
                ? SourceEdits.replace(first, description, code.toString())
                : new Fix(first, description, "", false, false);
    }

    private Optional<String> name() {
        return situation
                .evidence()
                .callee()
                .flatMap(callee -> IntStream.rangeClosed(1, ARGUMENTS)
                        .filter(number -> situation.register(number).isStack())
                        .mapToObj(number -> Naming.argument(place, callee, number))
                        .flatMap(Optional::stream)
                        .map(text -> text.replaceFirst("^\\(.*\\)\\s*(?=&)", "").replaceFirst("^&", ""))
                        .filter(text -> text.matches("\\w+"))
                        .findFirst())
                .or(() -> AccessText.in(place.text(), place.column(), false).map(AccessText::base));
    }
}
