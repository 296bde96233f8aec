package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.java.samples.Hooks;
import dev.skep.lang.Section;
import dev.skep.lang.program.Xdp;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import dev.skep.object.program.SectionTable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Annotations for programs: there is one for each type of programs, and its section is one that loaders know. */
class ProgramTypesTest {
    private static List<Class<?>> annotations() throws IOException, URISyntaxException {
        Path folder = Path.of(Xdp.class.getResource("Xdp.class").toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replace(".class", ""))
                    .filter(name -> !name.equals("package-info"))
                    .<Class<?>>map(ProgramTypesTest::annotation)
                    .filter(type -> type.isAnnotationPresent(Section.class))
                    .toList();
        }
    }

    private static Class<?> annotation(String name) {
        try {
            return Class.forName("dev.skep.lang.program." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ProgramType type(Class<?> annotation) {
        String section = annotation.getAnnotation(Section.class).value();
        String target = switch (section) {
            case "netkit" -> "/primary";
            case "cgroup_skb" -> "/egress";
            case "cgroup" -> cgroup(annotation.getSimpleName());
            default ->
                Arrays.stream(annotation.getMethods()).anyMatch(m -> m.getName().equals("value"))
                                && !section.equals("xdp")
                        ? "/here"
                        : "";
        };
        return SectionTable.lookup(section + target)
                .orElseThrow(() -> new AssertionError(section + target + " is no section"))
                .definition()
                .programType();
    }

    private static String cgroup(String annotation) {
        return switch (annotation) {
            case "CgroupSock" -> "/post_bind4";
            case "CgroupSockAddr" -> "/connect4";
            default -> "/getsockopt";
        };
    }

    @Test
    void everyTypeOfProgramsHasAnAnnotation() throws Exception {
        Set<ProgramType> missing = EnumSet.allOf(ProgramType.class);
        annotations().forEach(annotation -> missing.remove(type(annotation)));

        assertThat(missing).containsOnly(ProgramType.UNSPEC, ProgramType.STRUCT_OPS);
    }

    @Test
    void sectionsAreNamedAsLibbpfNamesThem() {
        assertThat(Compiling.read(Hooks.class).functions())
                .extracting(function -> function.section().orElseThrow())
                .containsExactlyInAnyOrder(
                        "xdp.frags/devmap",
                        "tcx/ingress",
                        "netkit/peer",
                        "sk_skb/stream_parser",
                        "lsm.s/file_open",
                        "kprobe.session/vfs_read",
                        "uprobe.multi.s//usr/lib/libc.so.6:mem*",
                        "lirc_mode2");
        assertThat(Compiling.compile(Hooks.class).programs())
                .extracting(ProgramSpec::name)
                .contains("leaving", "parse");
    }
}
