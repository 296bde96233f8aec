package dev.skep.trace.check;

import dev.skep.trace.plan.Settings;
import dev.skep.trace.system.TraceSystem;

/** What the typing of a program's parts needs to know. */
record TypingContext(
        TypedProgram program,
        Scopes scopes,
        MapTable maps,
        Structures structures,
        Settings settings,
        TraceSystem system,
        boolean allowUnsafe,
        Report report) {
    Attachment attachment() {
        return program.attachment();
    }
}
