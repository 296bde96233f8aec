package dev.skep.trace.check;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Rewriter;
import dev.skep.trace.tree.Script;
import java.util.Map;
import java.util.Set;

/** What may still change in the language, and has to be enabled for that, or is warned of. */
final class UnstableFeatures extends Rewriter {
    private static final Map<String, String> USUAL = Map.of(
            "unstable_tseries", "warn",
            "unstable_typeinfo", "error");

    private final Map<String, String> chosen;
    private final Diagnostics diagnostics;

    /** @param chosen what the script's settings say */
    UnstableFeatures(Map<String, String> chosen, Diagnostics diagnostics) {
        this.chosen = chosen;
        this.diagnostics = diagnostics;
    }

    /** Whether a setting is about such a feature. Those of bpftrace that are settled by now are none. */
    static boolean exists(String setting) {
        return USUAL.containsKey(setting);
    }

    /** Reports those that a script uses. */
    void check(Script script) {
        script.items().forEach(this::item);
    }

    @Override
    public Expression expression(Expression expression) {
        switch (expression) {
            case Expression.Call call
            when call.name().equals("tseries") -> use("tseries", "unstable_tseries", call.span());
            case Expression.TypeInfo info -> use("typeinfo", "unstable_typeinfo", info.span());
            default -> {
                // Is settled.
            }
        }
        return super.expression(expression);
    }

    private void use(String feature, String setting, Span span) {
        String choice = chosen.getOrDefault(setting, USUAL.getOrDefault(setting, "enable"));
        if (Set.of("error", "false", "0").contains(choice)) {
            diagnostics.error(
                    span,
                    feature + " feature is not enabled by default. To enable this unstable feature, set the config flag"
                            + " to enable. " + setting + "=enable");
        }
    }
}
