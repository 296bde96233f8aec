/**
 * Compiles to BPF: an intermediate representation in SSA form, an optimizer and a code generator for any front end, and the
 * front end that reads Java classes. Ends in a {@code BpfObject}. Uses the JDK alone.
 */
@org.jspecify.annotations.NullMarked
module dev.skep.compiler {
    requires static org.jspecify;
    requires transitive dev.skep.object;

    exports dev.skep.compiler;
    exports dev.skep.compiler.assembly;
    exports dev.skep.compiler.code;
    exports dev.skep.compiler.ir;
    exports dev.skep.compiler.java;
    exports dev.skep.compiler.pass;
    exports dev.skep.compiler.type;
    exports dev.skep.compiler.unit;
    exports dev.skep.lang;
    exports dev.skep.lang.context;
    exports dev.skep.lang.kernel;
    exports dev.skep.lang.map;
    exports dev.skep.lang.measure;
    exports dev.skep.lang.net;
    exports dev.skep.lang.program;
}
