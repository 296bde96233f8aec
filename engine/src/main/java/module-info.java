/** The embedded host: runs BPF programs inside the JVM, with no privilege and no kernel. */
@org.jspecify.annotations.NullMarked
module dev.skep.engine {
    requires static org.jspecify;
    requires transitive dev.skep.object;
    requires transitive dev.skep.verifier;

    exports dev.skep.engine;
    exports dev.skep.engine.capture;
    exports dev.skep.engine.context;
    exports dev.skep.engine.counterexample;
    exports dev.skep.engine.helper;
    exports dev.skep.engine.map;
    exports dev.skep.engine.memory;
    exports dev.skep.engine.network;
    exports dev.skep.engine.traffic;
}
