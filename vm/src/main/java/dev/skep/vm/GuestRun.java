package dev.skep.vm;

import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.KernelVerdict;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes in a guest.
 *
 * <p>Arguments: the folder for reports, a tag ({@code -} for any) and the classes. Says what the kernel has, prints each
 * test as it ends and leaves reports as Surefire writes them. Exits with 1 if a test failed or none ran.
 */
public final class GuestRun {
    private GuestRun() {}

    static void main(String[] arguments) {
        Path reports = Path.of(arguments[0]);
        if (!Files.exists(reports)) { // else an earlier run in this guest has said it
            printFeatures();
        }
        boolean passed =
                run(System.out, reports, arguments[1], Arrays.asList(arguments).subList(2, arguments.length));
        // Not by returning: a test may have left threads behind.
        System.exit(passed ? 0 : 1);
    }

    private static void printFeatures() {
        for (KernelFeature feature : KernelFeature.values()) {
            switch (KernelVerdict.of(feature)) {
                case KernelVerdict.Present() -> System.out.println("kernel has " + feature);
                case KernelVerdict.Absent(String reason) -> System.out.println("no " + feature + ": " + reason);
                case KernelVerdict.Missing(String problem) -> System.out.println("MISSING " + feature + ": " + problem);
            }
        }
    }

    /** Whether at least one test ran (or was skipped) and none failed. */
    static boolean run(PrintStream out, Path reports, String tag, List<String> classes) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .selectors(classes.stream().map(DiscoverySelectors::selectClass).toList())
                // Where properties failed, for the next run: there is none.
                .configurationParameter("jqwik.database", System.getProperty("java.io.tmpdir") + "/jqwik-database");
        if (!tag.equals("-")) {
            request.filters(TagFilter.includeTags(tag));
        }
        Outcomes outcomes = new Outcomes(out);
        LauncherFactory.create().execute(request.build(), outcomes);
        outcomes.bySuite().forEach((suite, tests) -> SurefireReport.write(reports, suite, tests));
        return outcomes.passed();
    }
}
