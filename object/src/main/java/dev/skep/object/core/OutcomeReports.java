package dev.skep.object.core;

import dev.skep.object.Location;
import dev.skep.object.btf.BtfExt.CoreRelocation;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.FunctionSpec.CoreSite;
import java.util.List;

/** Puts into words what became of relocations. */
final class OutcomeReports {
    private final String source;
    private final TypeSpace program;
    private final MissExplanation misses;

    /** @param source the object's name, "" if not known */
    OutcomeReports(String source, TypeSpace program, CandidateSearch search) {
        this.source = source;
        this.program = program;
        this.misses = new MissExplanation(search);
    }

    /** Applies {@code resolution} to {@code code} and says what that did. */
    CoreOutcome apply(FunctionSpec function, CoreSite site, Resolution resolution, PatchedCode code) {
        return switch (resolution) {
            case Resolution.Decided decided -> apply(function, site, decided, code);
            case Resolution.Ambiguous ambiguous ->
                new CoreOutcome.Ambiguous(
                        site,
                        where(function, site),
                        ambiguous.local().text(),
                        List.of(place(ambiguous.one()), place(ambiguous.other())),
                        ambiguous.failure().problem() + "; "
                                + ambiguous.failure().advice());
            case Resolution.Refused refused -> invalid(function, site, resolution, refused.failure());
        };
    }

    private CoreOutcome apply(FunctionSpec function, CoreSite site, Resolution.Decided decided, PatchedCode code) {
        Location where = where(function, site);
        String subject = decided.local().text();
        try {
            long oldValue = InstructionPatch.currentValue(code.at(site.slot()));
            boolean usable = code.apply(site.slot(), decided.patch());
            if (decided.patch().poison()) {
                String why = misses.explain(decided.local());
                return new CoreOutcome.Poisoned(site, where, subject, CoreOutcome.Reason.NOT_FOUND, why);
            }
            if (!usable) {
                String why =
                        misses.unsafeSize(decided.local(), decided.targets().getFirst());
                return new CoreOutcome.Poisoned(site, where, subject, CoreOutcome.Reason.UNSAFE_SIZE, why);
            }
            if (decided.targets().isEmpty()) {
                return new CoreOutcome.Absent(site, where, subject, oldValue, misses.explain(decided.local()));
            }
            List<String> targets =
                    decided.targets().stream().map(OutcomeReports::place).toList();
            return new CoreOutcome.Resolved(
                    site, where, subject, oldValue, decided.patch().newValue(), targets);
        } catch (CoreFailure failure) {
            return invalid(function, site, decided, failure);
        }
    }

    /** The outcome of a relocation that {@code failure} ended. */
    CoreOutcome.Invalid invalid(FunctionSpec function, CoreSite site, Resolution resolution, CoreFailure failure) {
        return new CoreOutcome.Invalid(
                site,
                where(function, site),
                subject(site.relocation(), resolution),
                failure.problem(),
                failure.advice());
    }

    private String subject(CoreRelocation relocation, Resolution resolution) {
        return switch (resolution) {
            case Resolution.Decided decided -> decided.local().text();
            case Resolution.Ambiguous ambiguous -> ambiguous.local().text();
            case Resolution.Refused refused ->
                refused.local().map(AccessSpec::text).orElseGet(() -> rawSubject(relocation));
        };
    }

    /** Of a relocation whose access string could not be read. */
    private String rawSubject(CoreRelocation relocation) {
        int id = relocation.typeId();
        String type = id >= 0 && id < program.btf().typeCount() ? TypeText.of(program.type(id)) : "<no such type>";
        return "<" + relocation.kind().label() + "> [" + id + "] " + type + " (" + relocation.access() + ")";
    }

    private static String place(AccessSpec target) {
        return target.place() + " of " + target.space().name();
    }

    private Location where(FunctionSpec function, CoreSite site) {
        String line = "";
        for (FunctionSpec.Line each : function.lines()) {
            if (each.slot() > site.slot()) {
                break;
            }
            line = each.file() + ":" + each.line() + ":" + each.column();
        }
        String name = "function " + function.name();
        return Location.in(source.isEmpty() ? name : source + ", " + name)
                .section(function.section())
                .instruction(site.slot())
                .line(line);
    }
}
