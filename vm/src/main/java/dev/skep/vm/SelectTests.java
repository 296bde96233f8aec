package dev.skep.vm;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Finds the test classes for a guest, on the host, where looking through all of them takes a second or two.
 *
 * <p>Arguments: a tag ({@code -} for any), the folders {@code MODULE/target/test-classes} joined by colons, and patterns
 * for the simple names of classes, in which {@code *} stands for anything (no pattern: all). Prints a line
 * {@code MODULE CLASS} for each class with a test to run, sorted. Exits with 1 if there is none.
 */
public final class SelectTests {
    private SelectTests() {}

    static void main(String[] arguments) {
        Set<Path> roots = Arrays.stream(arguments[1].split(":")).map(Path::of).collect(Collectors.toSet());
        Set<String> lines = select(arguments[0], roots, Arrays.asList(arguments).subList(2, arguments.length));
        lines.forEach(System.out::println);
        System.exit(lines.isEmpty() ? 1 : 0);
    }

    /** The lines for the test classes in the folders that match a pattern and have a test with the tag. */
    static Set<String> select(String tag, Set<Path> roots, List<String> patterns) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClasspathRoots(roots))
                .filters(ClassNameFilter.includeClassNamePatterns(classNames(patterns)));
        if (!tag.equals("-")) {
            request.filters(TagFilter.includeTags(tag));
        }
        TestPlan plan = LauncherFactory.create().discover(request.build());
        return plan.getRoots().stream()
                .flatMap(engine -> plan.getChildren(engine).stream())
                .flatMap(child -> child.getSource().stream())
                .filter(ClassSource.class::isInstance)
                .map(source -> ((ClassSource) source).getJavaClass())
                .map(type -> module(type) + " " + type.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As a regular expression for whole names; nested classes come with the class they are in. */
    private static String classNames(List<String> patterns) {
        return patterns.isEmpty()
                ? "[^$]*"
                : patterns.stream()
                        .map(pattern -> Arrays.stream(pattern.split("\\*", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining("[^.$]*")))
                        .collect(Collectors.joining("|", "([^$]*\\.)?(", ")"));
    }

    /** The folder of the module that a class of {@code MODULE/target/test-classes} belongs to. */
    private static String module(Class<?> type) {
        try {
            Path folder = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            return folder.getName(folder.getNameCount() - 3).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where " + type + " was loaded from", e);
        }
    }
}
