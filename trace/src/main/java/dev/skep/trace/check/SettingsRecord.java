package dev.skep.trace.check;

import dev.skep.trace.plan.Settings;
import dev.skep.trace.source.Span;
import dev.skep.trace.tree.Expression;
import java.util.ArrayList;
import java.util.List;

/** What {@code config()} gives: a record of the settings with bpftrace's names. */
final class SettingsRecord {
    private final Span place;
    private final List<Expression.Field> fields = new ArrayList<>();

    private SettingsRecord(Span place) {
        this.place = place;
    }

    /** The record as if it were written where it is asked for. */
    static Expression of(Settings settings, Span place) {
        return new SettingsRecord(place)
                .truth("cpp_demangle", settings.demangle())
                .truth("lazy_symbolication", settings.lazySymbols())
                .truth("print_maps_on_exit", settings.printMapsOnExit())
                .number("log_size", settings.logSize())
                .number("max_bpf_progs", settings.maxPrograms())
                .number("max_cat_bytes", settings.maxCatBytes())
                .number("max_map_keys", settings.maxMapKeys())
                .number("max_probes", settings.maxProbes())
                .number("max_strlen", settings.maxStringLength())
                .number("on_stack_limit", settings.onStackLimit())
                .number("perf_rb_pages", settings.ringPages())
                .text("str_trunc_trailer", settings.truncationTrailer())
                .text("missing_probes", settings.missingProbes())
                .text("stack_mode", settings.stackMode().word())
                .text("license", settings.license())
                .record();
    }

    private SettingsRecord truth(String name, boolean value) {
        return field(name, new Expression.BooleanLiteral(place, value));
    }

    private SettingsRecord number(String name, long value) {
        return field(name, new Expression.IntegerLiteral(place, value, false));
    }

    private SettingsRecord text(String name, String value) {
        return field(name, new Expression.StringLiteral(place, value));
    }

    private SettingsRecord field(String name, Expression value) {
        fields.add(new Expression.Field(place, name, value));
        return this;
    }

    private Expression record() {
        return new Expression.Record(place, fields);
    }
}
