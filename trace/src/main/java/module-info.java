/** The tracing language of bpftrace: read, checked, compiled with {@code dev.skep.compiler
 * }, run on a host, printed. */
@org.jspecify.annotations.NullMarked
module dev.skep.trace {
    requires static org.jspecify;
    requires transitive dev.skep.compiler;

    exports dev.skep.trace.cdefinition;
    exports dev.skep.trace.check;
    exports dev.skep.trace.code;
    exports dev.skep.trace.metric;
    exports dev.skep.trace.plan;
    exports dev.skep.trace.portable;
    exports dev.skep.trace.print;
    exports dev.skep.trace.record;
    exports dev.skep.trace.run;
    exports dev.skep.trace.source;
    exports dev.skep.trace.system;
    exports dev.skep.trace.syntax;
    exports dev.skep.trace.tree;
    exports dev.skep.trace.type;
}
