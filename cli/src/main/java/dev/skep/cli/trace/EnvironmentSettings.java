package dev.skep.cli.trace;

import dev.skep.trace.plan.Settings;
import dev.skep.trace.type.TraceType.StackMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the environment variables {@code BPFTRACE_*} set; those that are not there leave what bpftrace's reference says. */
final class EnvironmentSettings {
    private static final String PREFIX = "BPFTRACE_";

    private final Map<String, String> environment;

    private EnvironmentSettings(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws TraceFailure if a value makes no sense */
    static Settings of(Map<String, String> environment) {
        return new EnvironmentSettings(environment).settings();
    }

    private Settings settings() {
        Settings usual = Settings.DEFAULTS;
        return new Settings(
                number(usual.maxStringLength(), "MAX_STRLEN", "STRLEN"),
                number(usual.maxMapKeys(), "MAX_MAP_KEYS", "MAP_KEYS_MAX"),
                number(usual.maxProbes(), "MAX_PROBES"),
                number(usual.maxPrograms(), "MAX_BPF_PROGS"),
                number(usual.maxCatBytes(), "MAX_CAT_BYTES", "CAT_BYTES_MAX"),
                number(usual.onStackLimit(), "ON_STACK_LIMIT"),
                number(usual.ringPages(), "PERF_RB_PAGES"),
                number((int) usual.logSize(), "LOG_SIZE"),
                word(usual.stackMode(), StackMode::of, "STACK_MODE"),
                word(usual.missingProbes(), EnvironmentSettings::missingProbes, "MISSING_PROBES"),
                word(usual.truncationTrailer(), Optional::of, "STR_TRUNC_TRAILER"),
                word(usual.license(), Optional::of, "LICENSE"),
                flag(usual.printMapsOnExit(), "PRINT_MAPS_ON_EXIT"),
                flag(usual.demangle(), "CPP_DEMANGLE"),
                flag(usual.lazySymbols(), "LAZY_SYMBOLICATION"));
    }

    private int number(int usual, String... names) {
        return word(usual, EnvironmentSettings::number, names);
    }

    private boolean flag(boolean usual, String name) {
        return word(usual, EnvironmentSettings::flag, name);
    }

    private <T> T word(T usual, Function<String, Optional<T>> reader, String... names) {
        for (String name : names) {
            String value = environment.get(PREFIX + name);
            if (value != null) {
                return reader.apply(value)
                        .orElseThrow(() -> new TraceFailure("Environment variable " + PREFIX + name + " has the value '"
                                + value + "', which makes no sense there"));
            }
        }
        return usual;
    }

    private static Optional<Integer> number(String text) {
        boolean isNumber = !text.isEmpty() && text.length() < 10 && text.chars().allMatch(Character::isDigit);
        return isNumber ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "1", "true" -> Optional.of(true);
            case "0", "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private static Optional<String> missingProbes(String text) {
        return List.of("error", "warn", "ignore").contains(text) ? Optional.of(text) : Optional.empty();
    }
}
