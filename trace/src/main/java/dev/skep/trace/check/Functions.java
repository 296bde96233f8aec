package dev.skep.trace.check;

import dev.skep.trace.tree.Expression;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The functions of the language: how many arguments they take (bpftrace's standard library, "Helpers" and "Map Value Functions"). */
final class Functions {
    /** How many arguments. @param most -1 for any number */
    record Arity(int least, int most) {
        boolean allows(int count) {
            return count >= least && (most < 0 || count <= most);
        }

        /** What to say of a call with another number. */
        String complaint(Expression.Call call) {
            int given = call.arguments().size();
            String wanted;
            if (most == 0) {
                wanted = "requires no arguments";
            } else if (least == most) {
                wanted = "requires " + plural(least);
            } else {
                wanted = given < least ? "requires at least " + plural(least) : "takes up to " + plural(most);
            }
            return call.name() + "() " + wanted + " (" + given + " provided)";
        }

        private static String plural(int count) {
            return count == 1 ? "one argument" : count + " arguments";
        }
    }

    /** What only makes sense when it is assigned to a map. */
    static final Set<String> AGGREGATIONS =
            Set.of("count", "sum", "min", "max", "avg", "stats", "hist", "lhist", "tseries");

    /** What has no value. */
    static final Set<String> ACTIONS = Set.of(
            "printf",
            "errorf",
            "warnf",
            "system",
            "cat",
            "print",
            "clear",
            "zero",
            "time",
            "join",
            "exit",
            "unwatch",
            "fail",
            "debugf",
            "signal",
            "signal_thread",
            "override",
            "assert",
            "static_assert");

    /** What changes something, and also has a value. */
    static final Set<String> CHANGES = Set.of("delete", "find", "skboutput");

    /** What only the compiler evaluates, from the types of what it is given. */
    static final Set<String> OF_TYPES =
            Set.of("is_array", "is_integer", "is_unsigned_integer", "is_literal", "is_ptr", "is_str", "is_scalar");

    /** What {@code --unsafe} has to allow. */
    static final Set<String> UNSAFE = Set.of("system", "signal", "signal_thread", "override");

    private static final Map<String, Arity> ARITIES = Map.ofEntries(
            Map.entry("count", new Arity(0, 0)),
            Map.entry("sum", new Arity(1, 1)),
            Map.entry("min", new Arity(1, 1)),
            Map.entry("max", new Arity(1, 1)),
            Map.entry("avg", new Arity(1, 1)),
            Map.entry("stats", new Arity(1, 1)),
            Map.entry("hist", new Arity(1, 2)),
            Map.entry("lhist", new Arity(4, 4)),
            Map.entry("tseries", new Arity(3, 4)),
            Map.entry("printf", new Arity(1, -1)),
            Map.entry("errorf", new Arity(1, -1)),
            Map.entry("warnf", new Arity(1, -1)),
            Map.entry("system", new Arity(1, -1)),
            Map.entry("cat", new Arity(1, -1)),
            Map.entry("fail", new Arity(1, -1)),
            Map.entry("debugf", new Arity(1, -1)),
            Map.entry("find", new Arity(3, 3)),
            Map.entry("kfunc_exist", new Arity(1, 1)),
            Map.entry("kfunc_allowed", new Arity(1, 1)),
            Map.entry("is_scalar", new Arity(1, 1)),
            Map.entry("print", new Arity(1, 3)),
            Map.entry("clear", new Arity(1, 1)),
            Map.entry("zero", new Arity(1, 1)),
            Map.entry("time", new Arity(0, 1)),
            Map.entry("join", new Arity(1, 2)),
            Map.entry("exit", new Arity(0, 1)),
            Map.entry("unwatch", new Arity(1, 1)),
            Map.entry("delete", new Arity(1, 2)),
            Map.entry("has_key", new Arity(2, 2)),
            Map.entry("len", new Arity(1, 1)),
            Map.entry("str", new Arity(1, 2)),
            Map.entry("buf", new Arity(1, 2)),
            Map.entry("path", new Arity(1, 2)),
            Map.entry("strlen", new Arity(1, 1)),
            Map.entry("strncmp", new Arity(3, 3)),
            Map.entry("strcontains", new Arity(2, 2)),
            Map.entry("strstr", new Arity(2, 2)),
            Map.entry("memcmp", new Arity(3, 3)),
            Map.entry("ksym", new Arity(1, 1)),
            Map.entry("usym", new Arity(1, 1)),
            Map.entry("kaddr", new Arity(1, 1)),
            Map.entry("uaddr", new Arity(1, 1)),
            Map.entry("kptr", new Arity(1, 1)),
            Map.entry("uptr", new Arity(1, 1)),
            Map.entry("kstack", new Arity(0, 2)),
            Map.entry("ustack", new Arity(0, 2)),
            Map.entry("ntop", new Arity(1, 2)),
            Map.entry("pton", new Arity(1, 1)),
            Map.entry("macaddr", new Arity(1, 1)),
            Map.entry("strftime", new Arity(2, 2)),
            Map.entry("strerror", new Arity(1, 1)),
            Map.entry("syscall_name", new Arity(1, 1)),
            Map.entry("signal_name", new Arity(1, 1)),
            Map.entry("str_concat", new Arity(2, 2)),
            Map.entry("cgroupid", new Arity(1, 1)),
            Map.entry("cgroup_path", new Arity(1, 2)),
            Map.entry("bswap", new Arity(1, 1)),
            Map.entry("reg", new Arity(1, 1)),
            Map.entry("signal", new Arity(1, 1)),
            Map.entry("signal_thread", new Arity(1, 1)),
            Map.entry("override", new Arity(1, 1)),
            Map.entry("skboutput", new Arity(4, 4)),
            Map.entry("nsecs", new Arity(0, 1)),
            Map.entry("pid", new Arity(0, 1)),
            Map.entry("tid", new Arity(0, 1)),
            Map.entry("socket_cookie", new Arity(1, 1)),
            Map.entry("percpu_kaddr", new Arity(1, 2)),
            Map.entry("is_array", new Arity(1, 1)),
            Map.entry("is_integer", new Arity(1, 1)),
            Map.entry("is_unsigned_integer", new Arity(1, 1)),
            Map.entry("is_literal", new Arity(1, 1)),
            Map.entry("is_ptr", new Arity(1, 1)),
            Map.entry("is_str", new Arity(1, 1)),
            Map.entry("assert", new Arity(2, 2)),
            Map.entry("static_assert", new Arity(2, 2)));

    private Functions() {}

    /** How many arguments a function takes; empty if there is no such function. */
    static Optional<Arity> arity(String name) {
        return Optional.ofNullable(ARITIES.get(name));
    }

    /** All names. */
    static Set<String> names() {
        Set<String> all = new HashSet<>(ARITIES.keySet());
        all.addAll(StandardLibrary.NAMES);
        return all;
    }
}
