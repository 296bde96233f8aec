package dev.skep.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.engine.helper.HelperTable;
import dev.skep.lang.Struct;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BpfOnlyMethodTest {
    @Test
    void whatThrowsInJavaHasABodyUnlessItReadsTheKernelsMemory() throws Exception {
        Set<String> missing = bpfOnlyMethods().stream()
                .filter(name -> !name.startsWith(BpfOnly.HELPER))
                .filter(name -> !BpfOnly.names().contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(missing)
                .allMatch(name -> name.startsWith("Kernel.")
                        || name.endsWith(".kernel")
                        || name.matches("((Task|Cgroup|Inode)Storage|Timer|IteratorContext)[.].*"));
    }

    @Test
    void helperFunctionsAreTheEnginesOrTheKernelsAlone() throws Exception {
        Set<String> missing = bpfOnlyMethods().stream()
                .filter(name -> name.startsWith(BpfOnly.HELPER))
                .map(name -> HelperForm.of(name.substring(BpfOnly.HELPER.length())))
                .filter(form -> HelperTable.find(form.helper()).isEmpty())
                .map(form -> form.helper().name())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(missing).containsExactlyElementsOf(ofTheKernelAlone());
    }

    /** Helpers of sockets, control groups and probes, which no packet needs. */
    private static Set<String> ofTheKernelAlone() {
        return new TreeSet<>(List.of("""
                BIND CURRENT_TASK_UNDER_CGROUP GETSOCKOPT GET_ATTACH_COOKIE GET_CURRENT_ANCESTOR_CGROUP_ID
                GET_FUNC_ARG_CNT GET_FUNC_IP GET_RETVAL GET_STACKID MSG_APPLY_BYTES MSG_CORK_BYTES MSG_POP_DATA
                MSG_PULL_DATA MSG_PUSH_DATA MSG_REDIRECT_HASH MSG_REDIRECT_MAP OVERRIDE_RETURN SEND_SIGNAL
                SEND_SIGNAL_THREAD SETSOCKOPT SET_RETVAL SKB_SET_TSTAMP SKB_SET_TUNNEL_KEY SKB_UNDER_CGROUP
                SK_ASSIGN SK_REDIRECT_HASH SK_REDIRECT_MAP SK_SELECT_REUSEPORT SOCK_HASH_UPDATE
                SOCK_MAP_UPDATE SOCK_OPS_CB_FLAGS_SET SYSCTL_GET_CURRENT_VALUE SYSCTL_GET_NAME
                SYSCTL_GET_NEW_VALUE SYSCTL_SET_NEW_VALUE
                """.split("\\s+")));
    }

    private static Set<String> bpfOnlyMethods() throws Exception {
        URI place =
                Struct.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path path = Path.of(place);
        if (Files.isDirectory(path)) {
            return bpfOnlyMethods(path);
        }
        try (FileSystem jar = FileSystems.newFileSystem(path)) {
            return bpfOnlyMethods(jar.getPath("/"));
        }
    }

    private static Set<String> bpfOnlyMethods(Path root) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root.resolve("dev/skep/lang"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                ClassModel model = ClassFile.of().parse(Files.readAllBytes(file));
                String owner = model.thisClass().asInternalName();
                model.methods().stream()
                        .filter(method -> BpfOnlyMethod.is(owner, method))
                        .forEach(method -> names.add(BpfOnlyMethod.name(owner, method)));
            }
        }
        return names;
    }
}
