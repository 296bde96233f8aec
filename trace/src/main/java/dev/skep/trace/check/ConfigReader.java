package dev.skep.trace.check;

import dev.skep.trace.plan.Settings;
import dev.skep.trace.plan.SettingsDraft;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Spelling;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Script;
import dev.skep.trace.type.TraceType.StackMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads {@code config = { ... }} (bpftrace's language reference, "Config Variables"). */
final class ConfigReader {
    private static final Set<String> NAMES = Set.of(
            "cache_user_symbols",
            "cpp_demangle",
            "lazy_symbolication",
            "license",
            "log_size",
            "max_bpf_progs",
            "max_cat_bytes",
            "max_map_keys",
            "max_probes",
            "max_strlen",
            "max_type_res_iterations",
            "missing_probes",
            "on_stack_limit",
            "perf_rb_pages",
            "show_debug_info",
            "stack_mode",
            "str_trunc_trailer",
            "print_maps_on_exit",
            "use_blazesym",
            "unstable_map_decl",
            "unstable_tseries",
            "unstable_addr",
            "unstable_macro",
            "unstable_import",
            "unstable_typeinfo",
            "symbol_source");

    private static final Set<String> LICENSES =
            Set.of("GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL");

    /** Only the environment sets them. */
    private static final Set<String> OF_ENVIRONMENT = Set.of("debug_output", "no_cpp_demangle", "vmlinux", "btf");

    private final Diagnostics diagnostics;

    ConfigReader(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** The settings with what the script says. @param environment what it sets goes before what the script says */
    Settings read(Script script, Settings environment) {
        SettingsDraft draft = Settings.DEFAULTS.draft();
        for (Script.Item item : script.items()) {
            if (item instanceof Script.Config config) {
                for (Script.Setting setting : config.settings()) {
                    apply(setting, draft);
                }
            }
        }
        return draft.overriddenBy(environment).settings();
    }

    private void apply(Script.Setting setting, SettingsDraft draft) {
        String name = setting.name().toLowerCase(Locale.ROOT);
        String plain = name.startsWith("bpftrace_") ? name.substring("bpftrace_".length()) : name;
        if (OF_ENVIRONMENT.contains(plain)) {
            diagnostics.error(setting.nameSpan(), plain + " can only be set as an environment variable");
            return;
        }
        if (!NAMES.contains(plain)) {
            diagnostics.error(
                    setting.nameSpan(),
                    "Unrecognized config variable: " + setting.name(),
                    Spelling.hints(plain, NAMES));
            return;
        }
        switch (plain) {
            case "max_strlen" -> number(setting).ifPresent(draft::maxStringLength);
            case "max_map_keys" -> number(setting).ifPresent(draft::maxMapKeys);
            case "max_probes" -> number(setting).ifPresent(draft::maxProbes);
            case "max_bpf_progs" -> number(setting).ifPresent(draft::maxPrograms);
            case "max_cat_bytes" -> number(setting).ifPresent(draft::maxCatBytes);
            case "on_stack_limit" -> number(setting).ifPresent(draft::onStackLimit);
            case "perf_rb_pages" -> number(setting).ifPresent(draft::ringPages);
            case "stack_mode" -> stackMode(setting).ifPresent(draft::stackMode);
            case "missing_probes" ->
                oneOf(setting, List.of("error", "warn", "ignore")).ifPresent(draft::missingProbes);
            case "str_trunc_trailer" -> text(setting).ifPresent(draft::truncationTrailer);
            case "license" -> license(setting).ifPresent(draft::license);
            case "print_maps_on_exit" -> truth(setting).ifPresent(draft::printMapsOnExit);
            case "cpp_demangle" -> truth(setting).ifPresent(draft::demangle);
            case "lazy_symbolication" -> truth(setting).ifPresent(draft::lazySymbols);
            case "log_size" -> number(setting);
            case "show_debug_info", "use_blazesym" -> truth(setting);
            case "cache_user_symbols" -> oneOf(setting, List.of("PER_PID", "PER_PROGRAM", "NONE", "0", "1"));
            default -> {
                if (plain.startsWith("unstable_")) {
                    oneOf(setting, List.of("error", "warn", "enable", "true", "false", "0", "1"));
                }
            }
        }
    }

    private <T> Optional<T> refuse(Script.Setting setting, String wanted) {
        diagnostics.error(
                setting.value().span(),
                "Invalid value for " + setting.name() + ": "
                        + setting.value().span().text() + ", expected " + wanted);
        return Optional.empty();
    }

    private Optional<Integer> number(Script.Setting setting) {
        OptionalLong value = Constants.number(setting.value());
        if (value.isEmpty() || setting.value() instanceof Expression.BooleanLiteral) {
            return refuse(setting, "an integer");
        }
        return value.getAsLong() < 0 || value.getAsLong() > Integer.MAX_VALUE
                ? refuse(setting, "a number from 0 to " + Integer.MAX_VALUE)
                : Optional.of((int) value.getAsLong());
    }

    private Optional<Boolean> truth(Script.Setting setting) {
        String word = word(setting);
        return switch (word) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> refuse(setting, "a boolean");
        };
    }

    private static String word(Script.Setting setting) {
        return switch (setting.value()) {
            case Expression.StringLiteral literal -> literal.value();
            case Expression.Identifier identifier -> identifier.name();
            case Expression other -> other.span().text();
        };
    }

    private Optional<String> oneOf(Script.Setting setting, List<String> allowed) {
        String word = word(setting);
        return allowed.contains(word) ? Optional.of(word) : refuse(setting, "one of " + String.join(", ", allowed));
    }

    private Optional<StackMode> stackMode(Script.Setting setting) {
        return oneOf(setting, List.of("bpftrace", "perf", "raw"))
                .map(word -> StackMode.valueOf(word.toUpperCase(Locale.ROOT)));
    }

    private Optional<String> text(Script.Setting setting) {
        return setting.value() instanceof Expression.StringLiteral literal
                ? Optional.of(literal.value())
                : refuse(setting, "a string");
    }

    private Optional<String> license(Script.Setting setting) {
        String word = word(setting);
        return LICENSES.contains(word)
                ? Optional.of(word)
                : refuse(setting, "a license that is compatible with the GPL");
    }
}
