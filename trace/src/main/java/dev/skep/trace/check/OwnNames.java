package dev.skep.trace.check;

import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tests and benchmarks are told by their names: each has one of its own. */
final class OwnNames {
    private OwnNames() {}

    static void check(List<TypedProgram> programs, Diagnostics diagnostics) {
        Map<String, Span> first = new HashMap<>();
        for (TypedProgram program : programs) {
            Attachment attachment = program.attachment();
            if (attachment.kind() != ProbeKind.TEST && attachment.kind() != ProbeKind.BENCH) {
                continue;
            }
            Span span = attachment.source().span();
            Span other = first.putIfAbsent(attachment.name(), span);
            if (other != null) {
                String kind = attachment.kind().text();
                String name = attachment.name().substring(kind.length() + 1);
                diagnostics.error(
                        span,
                        "\"" + name + "\" was used as the name for more than one " + kind.toUpperCase(Locale.ROOT)
                                + " probe");
                diagnostics.error(other, "this is the other instance");
            }
        }
    }
}
