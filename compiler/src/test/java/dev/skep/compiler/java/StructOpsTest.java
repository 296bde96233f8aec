package dev.skep.compiler.java;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.Compiler;
import dev.skep.compiler.code.Target;
import dev.skep.compiler.java.samples.Window;
import dev.skep.object.BpfObject;
import dev.skep.object.KernelVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Structures of functions of the kernel that classes implement. */
class StructOpsTest {
    @ParameterizedTest
    @CsvSource({
        "6.1, .struct_ops, 0",
        "6.3, .struct_ops, 0",
        "6.4, .struct_ops.link, 8192",
        "6.18, .struct_ops.link, 8192"
    })
    void aLinkIsWantedOfKernelsThatHaveLinksForThem(String kernel, String section, int mapFlags) {
        Target target = Target.of(KernelVersion.of(kernel));
        BpfObject object = Compiler.compile(
                JavaFrontEnd.read(ClassSource.of(Window.class.getClassLoader()), Window.class.getName(), target),
                target);

        assertThat(object.structOps())
                .singleElement()
                .satisfies(variable -> assertThat(variable.section()).isEqualTo(section));
        assertThat(object.maps())
                .singleElement()
                .satisfies(map -> assertThat(map.flags()).isEqualTo(mapFlags));
    }
}
