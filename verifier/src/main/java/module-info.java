/**
 * Proves a BPF program safe as the Linux kernel does, and explains a rejection. Uses the JDK alone; no files, threads or
 * reflection, so that it also runs in a browser.
 */
@org.jspecify.annotations.NullMarked
module dev.skep.verifier {
    requires static org.jspecify;
    requires transitive dev.skep.object;

    exports dev.skep.verifier;
    exports dev.skep.verifier.kernel;
    exports dev.skep.verifier.log;
    exports dev.skep.verifier.report;
}
