package dev.skep.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code skep --version} says. */
public final class Version implements IVersionProvider {
    /** Skep's version, the Java it runs on and the machine, since all three matter in a bug report. */
    public static String line() {
        return "skep " + number() + " (Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ")";
    }

    /** The build gives it to the module; on the class path, as in tests, there is no module. */
    private static String number() {
        var descriptor = Version.class.getModule().getDescriptor();
        return descriptor == null ? "development" : descriptor.rawVersion().orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }
}
