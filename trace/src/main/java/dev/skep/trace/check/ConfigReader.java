package dev.skep.trace.check;

import dev.skep.trace.plan.Settings;
import dev.skep.trace.plan.SettingsDraft;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Spelling;
import dev.skep.trace.syntax.IntegerScanner;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Script;
import dev.skep.trace.type.TraceType.StackMode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
            "unstable_import_statement",
            "unstable_dw_ustack",
            "symbol_source");

    private static final Set<String> LICENSES =
            Set.of("GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL");

    /** Only the environment sets them. */
    private static final Set<String> OF_ENVIRONMENT = Set.of("debug_output", "no_cpp_demangle", "vmlinux", "btf");

    private final Diagnostics diagnostics;
    private final Map<String, String> features = new HashMap<>();

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

    /** What the script says of features that are not settled. */
    Map<String, String> features() {
        return features;
    }

    /** As in lower case, without {@code BPFTRACE_} in front. */
    private static String plain(Script.Setting setting) {
        String name = setting.name().toLowerCase(Locale.ROOT);
        return name.startsWith("bpftrace_") ? name.substring("bpftrace_".length()) : name;
    }

    private void apply(Script.Setting setting, SettingsDraft draft) {
        String plain = plain(setting);
        if (OF_ENVIRONMENT.contains(plain)) {
            diagnostics.error(setting.nameSpan(), plain + " can only be set as an environment variable");
            return;
        }
        if (!NAMES.contains(plain)) {
            diagnostics.error(
                    setting.span(), plain + ": not a known configuration option", Spelling.hints(plain, NAMES));
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
                oneOf(setting, List.of("ignore", "warn", "error")).ifPresent(draft::missingProbes);
            case "str_trunc_trailer" -> draft.truncationTrailer(word(setting));
            case "license" -> license(setting).ifPresent(draft::license);
            case "print_maps_on_exit" -> truth(setting).ifPresent(draft::printMapsOnExit);
            case "cpp_demangle" -> truth(setting).ifPresent(draft::demangle);
            case "lazy_symbolication" -> truth(setting).ifPresent(draft::lazySymbols);
            case "log_size" -> number(setting);
            case "show_debug_info", "use_blazesym" -> truth(setting);
            case "cache_user_symbols" ->
                oneOf(setting, plain, List.of("PER_PID", "PER_PROGRAM", "NONE"), Set.of("true", "false", "0", "1"));
            default -> {
                if (plain.startsWith("unstable_") && UnstableFeatures.exists(plain)) {
                    oneOf(
                                    setting,
                                    "unstable config",
                                    List.of("enable", "warn", "error"),
                                    Set.of("true", "false", "0", "1"))
                            .ifPresent(word -> features.put(plain, word));
                }
            }
        }
    }

    private <T> Optional<T> refuse(Script.Setting setting, String problem) {
        diagnostics.error(setting.span(), plain(setting) + ": " + problem);
        return Optional.empty();
    }

    /** A number, also one in quotation marks. */
    private Optional<Integer> number(Script.Setting setting) {
        OptionalLong value = setting.value() instanceof Expression.StringLiteral text
                ? IntegerScanner.whole(text.value())
                : Constants.number(setting.value());
        if (value.isEmpty()) {
            return refuse(setting, "expecting a number, got " + word(setting));
        }
        return value.getAsLong() < 0 || value.getAsLong() > Integer.MAX_VALUE
                ? refuse(setting, "expecting a number from 0 to " + Integer.MAX_VALUE + ", got " + word(setting))
                : Optional.of((int) value.getAsLong());
    }

    private Optional<Boolean> truth(Script.Setting setting) {
        OptionalLong number = Constants.number(setting.value());
        if (number.isPresent()) {
            return Optional.of(number.getAsLong() != 0);
        }
        return switch (word(setting)) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            default -> refuse(setting, "Invalid bool value: valid values are true, false, 1 or 0.");
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
        return oneOf(setting, plain(setting), allowed, Set.of());
    }

    /** @param what is set, for the message @param synonyms what is allowed as well */
    private Optional<String> oneOf(Script.Setting setting, String what, List<String> allowed, Set<String> synonyms) {
        String word = word(setting);
        if (allowed.contains(word) || synonyms.contains(word)) {
            return Optional.of(word);
        }
        return refuse(setting, "Invalid value for " + what + ": " + validValues(allowed) + ".");
    }

    /** What an error says of words that may stand somewhere. */
    static String validValues(List<String> allowed) {
        return "valid values are " + String.join(", ", allowed.subList(0, allowed.size() - 1)) + ", and "
                + allowed.getLast();
    }

    private Optional<StackMode> stackMode(Script.Setting setting) {
        return oneOf(setting, StackMode.words()).flatMap(StackMode::of);
    }

    private Optional<String> license(Script.Setting setting) {
        String word = word(setting);
        if (LICENSES.contains(word)) {
            return Optional.of(word);
        }
        diagnostics.error(
                setting.span(),
                "Invalid value for license. Found: " + word + ". Valid values: " + String.join(", ", LICENSES));
        return Optional.empty();
    }
}
