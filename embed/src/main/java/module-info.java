/**
 * eBPF programs written in Java: compiles their classes and runs them in the embedded engine, in the Linux kernel, on the JVM under a
 * debugger, and in JUnit tests.
 */
@org.jspecify.annotations.NullMarked
module dev.skep.embed {
    requires static org.jspecify;
    requires static transitive org.junit.jupiter.api;
    requires transitive dev.skep.compiler;
    requires transitive dev.skep.engine;
    requires transitive dev.skep.linux;
    requires static transitive dev.skep.trace; // for who runs scripts over recordings

    exports dev.skep;
    exports dev.skep.junit;
    exports dev.skep.replay;
}
