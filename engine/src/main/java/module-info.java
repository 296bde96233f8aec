/** The embedded host: runs BPF programs inside the JVM, with no privilege and no kernel. */
@org.jspecify.annotations.NullMarked
module dev.skep.engine {
    requires static org.jspecify;
    requires transitive dev.skep.object;

}
