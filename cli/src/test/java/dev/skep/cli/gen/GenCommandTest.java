package dev.skep.cli.gen;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.EngineHost;
import dev.skep.engine.EngineOptions;
import dev.skep.object.host.Host;
import dev.skep.object.host.Program;
import dev.skep.object.host.TypedMap;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command writes compiles, and works on a host. */
class GenCommandTest {
    @TempDir
    Path folder;

    /** Generates a class for an object and compiles it. @return the folder with the class files */
    private Path compiled(String object, String name) throws IOException {
        Path source = folder.resolve(name + ".java");
        skep("gen", object, "--package", "generated", "--class", name, "--out", source.toString())
                .expectSuccess();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(complaints, Locale.ROOT, null)) {
            List<String> options = List.of("-cp", classPath(), "-d", folder.toString(), "-Xlint:all", "-Werror");
            Iterable<? extends JavaFileObject> sources = files.getJavaFileObjects(source);
            boolean done = compiler.getTask(null, files, complaints, options, null, sources)
                    .call();
            assertThat(done).as("%s", complaints.getDiagnostics()).isTrue();
        }
        return folder;
    }

    /** Wherever this test's own classes come from. */
    private static String classPath() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(property -> System.getProperty(property))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(":"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "examples/xdp-firewall/firewall.o",
                "examples/tc-dnat/dnat.o",
                "examples/socket-dns/dns.o",
                "examples/cgroup-quota/quota.o",
                "examples/map-iterator/maps.o",
                "object/src/test/c/corpus/globals.o",
                "object/src/test/c/corpus/maps.o",
                "object/src/test/c/corpus/inner_maps.o",
                "object/src/test/c/corpus/struct_ops.o",
                "object/src/test/c/corpus/kconfig.o",
                "object/src/test/c/corpus/legacy_maps.o"
            })
    void theClassCompilesWithoutWarnings(String object) throws IOException {
        assertThat(compiled(object, "Generated").resolve("generated/Generated.class"))
                .exists();
    }

    @Test
    void theClassGivesProgramsMapsAndGlobalsByTheirTypes() throws Exception {
        Path classes = compiled("examples/xdp-firewall/firewall.o", "Firewall");
        byte[] elf = Files.readAllBytes(Path.of("examples/xdp-firewall/firewall.o"));
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {classes.toUri().toURL()}, GenCommandTest.class.getClassLoader());
                Host host = EngineHost.open(EngineOptions.defaults())) {
            Class<?> type = loader.loadClass("generated.Firewall");
            try (AutoCloseable firewall = (AutoCloseable)
                    type.getMethod("load", Host.class, byte[].class).invoke(null, host, elf)) {
                setsAndGetsAGlobal(type, firewall);
                storesAnEntry(loader, type, firewall);
                assertThat(type.getMethod("synLimit").invoke(firewall)).isInstanceOf(Integer.class);
                Program program = (Program) type.getMethod("firewall").invoke(firewall);
                assertThat(program.spec().section()).isEqualTo("xdp");
            }
        }
    }

    private static void setsAndGetsAGlobal(Class<?> type, Object firewall) throws ReflectiveOperationException {
        type.getMethod("lostEvents", long.class).invoke(firewall, 7L);
        assertThat(type.getMethod("lostEvents").invoke(firewall)).isEqualTo(7L);
    }

    @SuppressWarnings("unchecked") // of a class that did not exist when this was compiled
    private static void storesAnEntry(ClassLoader loader, Class<?> type, Object firewall)
            throws ReflectiveOperationException {
        Class<?> service = loader.loadClass("generated.Firewall$Service");
        Object ssh = service.getConstructor(short.class, short.class).newInstance((short) 6, (short) 22);
        TypedMap<Object, Integer> ports =
                (TypedMap<Object, Integer>) type.getMethod("ports").invoke(firewall);
        ports.put(ssh, 1);
        assertThat(ports.get(ssh)).contains(1);
        assertThat(ports.raw().lookup(new byte[] {6, 0, 22, 0})).hasValue(new byte[] {1, 0, 0, 0});
        Method[] methods = service.getMethods();
        assertThat(Arrays.stream(methods).map(Method::getName)).contains("protocol", "port");
    }

    @Test
    void namesAreJavas() {
        assertThat(JavaNames.type("ip_key")).isEqualTo("IpKey");
        assertThat(JavaNames.member("blocked_v4")).isEqualTo("blockedV4");
        assertThat(JavaNames.member("class")).isEqualTo("class_");
        assertThat(JavaNames.member("4u")).isEqualTo("t4u");
    }
}
