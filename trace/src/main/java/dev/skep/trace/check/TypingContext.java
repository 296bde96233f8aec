package dev.skep.trace.check;

import dev.skep.trace.plan.Settings;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.tree.Expression;
import dev.skep.trace.type.TraceType;

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

    /** What sort of value an expression that was typed has, for messages. */
    String kindOf(Expression expression) {
        return Effects.hasNoValue(expression) ? "void" : TypeText.kind(program.type(expression));
    }

    /** Whether the type of an expression that was typed is not known yet: it may have a value, later. */
    boolean isUnknown(Expression expression) {
        return program.type(expression) instanceof TraceType.Nothing && !Effects.hasNoValue(expression);
    }
}
