package dev.skep.trace.check;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Script;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The macros that scripts can call. Several can have one name, if they take another number of arguments, or variables and maps where
 * others take any expression.
 */
final class MacroTable {
    private final Map<String, List<Script.Macro>> macros = new HashMap<>();
    private final Diagnostics diagnostics;
    private boolean hasLibrary;

    /** Those of a script, which come before those of the standard library. */
    MacroTable(Script script, Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        for (Script.Item item : script.items()) {
            if (item instanceof Script.Macro macro) {
                MacroRules.check(macro, diagnostics);
                declare(macro);
            }
        }
    }

    private void declare(Script.Macro macro) {
        List<Script.Macro> same = macros.computeIfAbsent(macro.name(), _ -> new ArrayList<>());
        if (same.stream().anyMatch(other -> takesTheSame(other, macro))) {
            diagnostics.error(macro.span(), "Redefinition of macro: " + macro.name());
        } else {
            same.add(macro);
        }
    }

    private static boolean takesTheSame(Script.Macro one, Script.Macro other) {
        List<String> kinds = one.parameters().stream().map(MacroTable::kind).toList();
        return kinds.equals(other.parameters().stream().map(MacroTable::kind).toList());
    }

    private static String kind(Expression expression) {
        return switch (expression) {
            case Expression.Variable variable -> "a variable";
            case Expression.MapName map -> "a map";
            default -> "an expression";
        };
    }

    /** Whether an expression calls a macro. A name alone does so too if a macro takes nothing. */
    boolean isCall(Expression expression) {
        return switch (expression) {
            case Expression.Call call -> !named(call.name()).isEmpty();
            case Expression.Identifier identifier -> !named(identifier.name()).isEmpty();
            default -> false;
        };
    }

    private List<Script.Macro> named(String name) {
        if (!hasLibrary && !macros.containsKey(name) && StandardLibrary.NAMES.contains(name)) {
            hasLibrary = true;
            for (Script.Macro macro : StandardLibrary.macros()) {
                macros.computeIfAbsent(macro.name(), _ -> new ArrayList<>()).add(macro);
            }
        }
        return macros.getOrDefault(name, List.of());
    }

    /** The macro that is called; empty if none takes such arguments, which is reported. */
    Optional<Script.Macro> called(String name, Span place, List<Expression> arguments) {
        List<Script.Macro> candidates = named(name);
        Script.Macro best = null;
        for (Script.Macro macro : candidates) {
            if (fits(macro, arguments) && (best == null || isMoreSpecial(macro, best))) {
                best = macro;
            }
        }
        if (best == null) {
            report(candidates, name, place, arguments);
        }
        return Optional.ofNullable(best);
    }

    private static boolean fits(Script.Macro macro, List<Expression> arguments) {
        boolean fits = macro.parameters().size() == arguments.size();
        for (int i = 0; fits && i < arguments.size(); i++) {
            fits = fits(macro.parameters().get(i), arguments.get(i));
        }
        return fits;
    }

    private static boolean fits(Expression parameter, Expression argument) {
        return parameter instanceof Expression.Identifier || kind(parameter).equals(kind(argument));
    }

    private static boolean isMoreSpecial(Script.Macro macro, Script.Macro than) {
        return expressions(macro) < expressions(than);
    }

    private static long expressions(Script.Macro macro) {
        return macro.parameters().stream()
                .filter(Expression.Identifier.class::isInstance)
                .count();
    }

    private void report(List<Script.Macro> candidates, String name, Span place, List<Expression> arguments) {
        diagnostics.error(place, "Call to " + name + "() has arguments that do not match any definition.");
        Optional<Script.Macro> close = candidates.stream()
                .filter(macro -> macro.parameters().size() == arguments.size())
                .findFirst();
        if (close.isEmpty()) {
            Script.Macro first = candidates.getFirst();
            diagnostics.error(
                    first.span(),
                    "The closest definition of " + name + "() has a different number of arguments. Expected: "
                            + first.parameters().size() + " but got " + arguments.size());
            return;
        }
        for (int i = 0; i < arguments.size(); i++) {
            Expression parameter = close.get().parameters().get(i);
            if (!fits(parameter, arguments.get(i))) {
                diagnostics.error(
                        arguments.get(i).span(),
                        "Mismatched arg. " + name + "() expects " + kind(parameter) + " for arg "
                                + parameter.span().text() + " but got " + kind(arguments.get(i)) + ".");
            }
        }
    }
}
