package dev.skep.trace.check;

import dev.skep.trace.plan.Settings;
import dev.skep.trace.source.Diagnostics;
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

    /** The settings with what the script says. */
    Settings read(Script script, Settings before) {
        Settings settings = before;
        for (Script.Item item : script.items()) {
            if (item instanceof Script.Config config) {
                for (Script.Setting setting : config.settings()) {
                    settings = apply(setting, settings);
                }
            }
        }
        return settings;
    }

    private Settings apply(Script.Setting setting, Settings settings) {
        String name = setting.name().toLowerCase(Locale.ROOT);
        String plain = name.startsWith("bpftrace_") ? name.substring("bpftrace_".length()) : name;
        if (OF_ENVIRONMENT.contains(plain)) {
            diagnostics.error(setting.nameSpan(), plain + " can only be set as an environment variable");
            return settings;
        }
        if (!NAMES.contains(plain)) {
            diagnostics.error(
                    setting.nameSpan(), "Unrecognized config variable: " + setting.name(), Nearest.hints(plain, NAMES));
            return settings;
        }
        return switch (plain) {
            case "max_strlen" ->
                number(setting).map(settings::withMaxStringLength).orElse(settings);
            case "max_map_keys" -> number(setting).map(settings::withMaxMapKeys).orElse(settings);
            case "max_probes" -> number(setting).map(settings::withMaxProbes).orElse(settings);
            case "max_bpf_progs" ->
                number(setting).map(settings::withMaxPrograms).orElse(settings);
            case "max_cat_bytes" ->
                number(setting).map(settings::withMaxCatBytes).orElse(settings);
            case "on_stack_limit" ->
                number(setting).map(settings::withOnStackLimit).orElse(settings);
            case "perf_rb_pages" -> number(setting).map(settings::withRingPages).orElse(settings);
            case "stack_mode" -> stackMode(setting).map(settings::withStackMode).orElse(settings);
            case "missing_probes" ->
                oneOf(setting, List.of("error", "warn", "ignore"))
                        .map(settings::withMissingProbes)
                        .orElse(settings);
            case "str_trunc_trailer" ->
                text(setting).map(settings::withTruncationTrailer).orElse(settings);
            case "license" -> license(setting).map(settings::withLicense).orElse(settings);
            case "print_maps_on_exit" ->
                truth(setting).map(settings::withPrintMapsOnExit).orElse(settings);
            case "cpp_demangle" -> truth(setting).map(settings::withDemangle).orElse(settings);
            case "lazy_symbolication" ->
                truth(setting).map(settings::withLazySymbols).orElse(settings);
            case "log_size" -> number(setting).map(size -> settings).orElse(settings);
            case "show_debug_info", "use_blazesym" ->
                truth(setting).map(value -> settings).orElse(settings);
            case "cache_user_symbols" ->
                oneOf(setting, List.of("PER_PID", "PER_PROGRAM", "NONE", "0", "1"))
                        .map(value -> settings)
                        .orElse(settings);
            default ->
                plain.startsWith("unstable_")
                        ? oneOf(setting, List.of("error", "warn", "enable", "true", "false", "0", "1"))
                                .map(value -> settings)
                                .orElse(settings)
                        : settings;
        };
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
