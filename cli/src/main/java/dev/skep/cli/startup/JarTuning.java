package dev.skep.cli.startup;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites jars so that Java starts faster with them: see {@link ClassTuning} for how. The launcher calls it before it
 * makes an AOT cache. A jar in which there is nothing to do, as one that was rewritten before, is left alone.
 */
final class JarTuning {
    private JarTuning() {}

    /**
     * @param args jars, and folders of jars
     * @throws IOException if one cannot be read or written; each jar is then as it was, or rewritten
     */
    public static void main(String[] args) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String arg : args) {
            jars.addAll(jars(Path.of(arg)));
        }
        List<URL> places = new ArrayList<>();
        for (Path jar : jars) {
            places.add(jar.toUri().toURL());
        }
        try (URLClassLoader classes =
                new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            ClassTuning tuning = new ClassTuning(ClassHierarchyResolver.ofResourceParsing(classes));
            for (Path jar : jars) {
                rewrite(jar, tuning);
            }
        }
    }

    private static List<Path> jars(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static void rewrite(Path jar, ClassTuning tuning) throws IOException {
        Path rewritten = jar.resolveSibling(jar.getFileName() + ".new");
        boolean changed;
        try (ZipFile from = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(rewritten);
                ZipOutputStream to = new ZipOutputStream(file)) {
            changed = copy(from, to, tuning);
        }
        if (changed) {
            Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(rewritten);
        }
    }

    private static boolean copy(ZipFile from, ZipOutputStream to, ClassTuning tuning) throws IOException {
        boolean changed = false;
        for (ZipEntry entry : Collections.list(from.entries())) {
            byte[] content = from.getInputStream(entry).readAllBytes();
            Optional<byte[]> tuned = entry.getName().endsWith(".class") ? tuning.tune(content) : Optional.empty();
            changed |= tuned.isPresent();
            ZipEntry copied = new ZipEntry(entry.getName());
            copied.setTime(entry.getTime()); // a build gives the same bytes each time
            to.putNextEntry(copied);
            to.write(tuned.orElse(content));
            to.closeEntry();
        }
        return changed;
    }
}
