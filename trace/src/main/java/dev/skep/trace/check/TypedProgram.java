package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;
import dev.skep.trace.tree.Script;
import dev.skep.trace.type.TraceType;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/** A probe's code at one place, with the types of all that has a value. */
public final class TypedProgram {
    private final Attachment attachment;
    private final Script.Probe probe;
    private final Map<Expression, TraceType> types = new IdentityHashMap<>();
    private final Map<Expression, Long> constants = new IdentityHashMap<>();
    private final Map<Expression.TypeInfo, Information> information = new IdentityHashMap<>();
    private final Map<Expression.Variable, Local> locals = new IdentityHashMap<>();

    TypedProgram(Attachment attachment, Script.Probe probe) {
        this.attachment = attachment;
        this.probe = probe;
    }

    /** Where it runs. */
    public Attachment attachment() {
        return attachment;
    }

    /** What it does. */
    public Script.Probe probe() {
        return probe;
    }

    /** The type of an expression of the probe. */
    public TraceType type(Expression expression) {
        return Objects.requireNonNullElseGet(types.get(expression), TraceType.Nothing::new);
    }

    /** The variable that is meant. */
    public Local local(Expression.Variable variable) {
        return Objects.requireNonNull(locals.get(variable), variable.name());
    }

    /** The number that an expression is known to be: a literal, a size, a constant of an enumeration, what is computed of these. */
    public OptionalLong constant(Expression expression) {
        return Constants.number(expression, known -> {
            Long value = constants.get(known);
            return value == null ? OptionalLong.empty() : OptionalLong.of(value);
        });
    }

    /** The variables that functions share, in no particular order but always the same. */
    public List<Local> sharedLocals() {
        return locals.values().stream()
                .filter(Local::isShared)
                .distinct()
                .sorted(Comparator.comparing(Local::name))
                .toList();
    }

    /** What {@code typeinfo} says. @param id its number in the kernel's BTF; 0 if it has none @param kind such as {@code int} */
    public record Information(long id, String kind, String name) {}

    /** What is known of the type of an expression. */
    public Information information(Expression.TypeInfo info) {
        return Objects.requireNonNull(information.get(info));
    }

    void setInformation(Expression.TypeInfo info, Information known) {
        information.put(info, known);
    }

    void setConstant(Expression expression, long value) {
        constants.put(expression, value);
    }

    void setType(Expression expression, TraceType type) {
        types.put(expression, type);
    }

    void setLocal(Expression.Variable variable, Local local) {
        locals.put(variable, local);
    }

    boolean knows(Expression.Variable variable) {
        return locals.containsKey(variable);
    }
}
