package dev.skep.cli.trace;

import dev.skep.cli.types.TypeName;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfType;
import dev.skep.trace.system.KernelFunctions;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.system.Tracepoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What probes get, a line for each argument: {@code     struct file * file}. */
final class ProbeArguments {
    private static final String INDENT = "    ";
    /** Functions that name a raw tracepoint's arguments, which its type does not. */
    private static final List<String> RAW_FUNCTIONS = List.of("__probestub_", "__traceiter_", "__bpf_trace_");

    private static final String RAW_TYPE_PREFIX = "btf_trace_";

    private final TraceSystem system;

    ProbeArguments(TraceSystem system) {
        this.system = system;
    }

    /** The members of a tracepoint's record that it has for itself. */
    List<String> ofTracepoint(Tracepoints.Name name) {
        return system.tracepoints().format(name.category(), name.event()).stream()
                .flatMap(format -> format.fields().stream())
                .filter(field -> !field.isCommon())
                .map(field -> INDENT + field.type() + " " + field.name()
                        + (field.elements() > 0 ? "[" + field.elements() + "]" : ""))
                .toList();
    }

    /** Whether BTF has the function. */
    boolean isDescribed(KernelFunctions.Function function) {
        return system.types()
                .module(function.module())
                .filter(btf -> btf.find(function.name(), BtfType.Function.class).isPresent())
                .isPresent();
    }

    /** @param returns whether what it returns is told, too */
    List<String> ofFunction(KernelFunctions.Function function, boolean returns) {
        Optional<Btf> btf = system.types().module(function.module());
        OptionalInt id = btf.map(types -> types.find(function.name(), BtfType.Function.class))
                .orElse(OptionalInt.empty());
        if (id.isEmpty() || !(btf.get().type(id.getAsInt()) instanceof BtfType.Function found)) {
            return List.of();
        }
        return parameters(btf.get(), found.prototype(), 0, returns);
    }

    /** The members of an iterator's context, but for the first, which is the iterator's own. */
    List<String> ofIterator(String kind) {
        Optional<Btf> btf = system.types().kernel();
        OptionalInt id = btf.map(types -> types.find("bpf_iter__" + kind, BtfType.Composite.class))
                .orElse(OptionalInt.empty());
        if (id.isEmpty() || !(btf.get().type(id.getAsInt()) instanceof BtfType.Composite context)) {
            return List.of();
        }
        return context.members().stream()
                .skip(1)
                .flatMap(member ->
                        member.name().isEmpty() && btf.get().type(member.type()) instanceof BtfType.Composite union
                                ? union.members().stream()
                                : Stream.of(member))
                .map(member -> INDENT + TypeName.of(btf.get(), member.type()) + " " + member.name())
                .toList();
    }

    /** The first argument of the function that BTF has for a raw tracepoint is not the tracepoint's. */
    List<String> ofRawTracepoint(String event) {
        Optional<Btf> btf = system.types().kernel();
        for (String prefix : RAW_FUNCTIONS) {
            OptionalInt named = btf.map(types -> types.find(prefix + event, BtfType.Function.class))
                    .orElse(OptionalInt.empty());
            if (named.isPresent() && btf.get().type(named.getAsInt()) instanceof BtfType.Function function) {
                return parameters(btf.get(), function.prototype(), 1, false);
            }
        }
        OptionalInt id = btf.map(types -> types.find(RAW_TYPE_PREFIX + event, BtfType.Typedef.class))
                .orElse(OptionalInt.empty());
        if (id.isEmpty()
                || !(btf.get().type(id.getAsInt()) instanceof BtfType.Typedef typedef)
                || !(btf.get().type(typedef.target()) instanceof BtfType.Pointer pointer)) {
            return List.of();
        }
        return parameters(btf.get(), pointer.target(), 1, false);
    }

    /** What a function of a program gets; empty if its debugging information does not say. */
    Optional<List<String>> ofUserFunction(String path, String symbol) {
        return system.binaries()
                .types(path)
                .map(types -> types.function(symbol).stream()
                        .flatMap(function -> function.parameters().stream())
                        .map(parameter -> INDENT + parameter.written() + " " + parameter.name())
                        .toList());
    }

    private static List<String> parameters(Btf btf, int prototype, int skipped, boolean returns) {
        if (!(btf.type(prototype) instanceof BtfType.FunctionPrototype function)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        function.parameters().stream()
                .skip(skipped)
                .forEach(each -> lines.add(INDENT + TypeName.of(btf, each.type()) + " " + each.name()));
        if (returns) {
            lines.add(INDENT + TypeName.of(btf, function.returnType()) + " retval");
        }
        return lines;
    }
}
