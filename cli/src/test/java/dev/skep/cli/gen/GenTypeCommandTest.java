package dev.skep.cli.gen;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Structures of the kernel as Java, from small fixed types and from those of the running kernel. */
class GenTypeCommandTest {
    private static final String KINDS = "object/src/test/c/btf/kinds.btf";

    @TempDir
    Path folder;

    static boolean kernelHasTypes() {
        return Files.isReadable(Path.of("/sys/kernel/btf/vmlinux"));
    }

    @Test
    void everyFieldIsDeclaredOrSaidToBeLeftOut() {
        assertThat(skep("gen", "type", "node", "--btf", KINDS, "--package", "example")
                        .expectSuccess())
                .isEqualTo("""
                        package example;

                        import dev.skep.lang.KernelName;
                        import dev.skep.lang.Length;
                        import dev.skep.lang.Unsigned;
                        import dev.skep.lang.kernel.Address;
                        import dev.skep.lang.kernel.KernelStruct;

                        /** {@code struct node} of the kernel, as far as it is read. Written by skep gen type. */
                        @KernelName("node")
                        @SuppressWarnings("NullAway.Init")
                        public abstract class Node extends KernelStruct {
                            public Node next;
                            @Address public long away;
                            @Address public long where;
                            public boolean flag;
                            public byte letter;
                            public byte small;
                            public short half;
                            @Unsigned public long large;
                            @Length(3) public int[] three;
                            @Unsigned public int seen;
                            @Address public long run;
                            @Address public long anything;
                            public int tagged;
                            @Address public long user;
                            // Left out: color is an enumeration.
                            // Left out: huge is an enumeration.
                            // Left out: lowest is an enumeration.
                            // Left out: tiny is an enumeration.
                            // Left out: byte is a keyword of Java.
                            // Left out: vast has 16 bytes.
                            // Left out: single is no number.
                            // Left out: twice is no number.
                            // Left out: table is an array, but not of numbers.
                            // Left out: low is a bit field.
                            // Left out: high is a bit field.
                            // Left out: flexible is an array of unknown length.
                        }
                        """);
    }

    @Test
    void fieldsLeadToThoseOfOtherStructures() {
        assertThat(skep(
                                "gen",
                                "type",
                                "holder",
                                "--btf",
                                "object/src/test/c/btf/layout.btf",
                                "--fields",
                                "q.a,p.b,p.c",
                                "--class",
                                "Owner")
                        .expectSuccess())
                .contains("public abstract class Owner extends KernelStruct {\n    @Inside public Packed p;\n")
                .contains("    @Inside public Aligned16 q;\n")
                .contains("    public abstract static class Packed extends KernelStruct {\n        public int b;\n"
                        + "        public long c;\n    }\n")
                .doesNotContain("Left out");
    }

    @ParameterizedTest
    @CsvSource({
        "nodes, next, there is no structure 'nodes'",
        "node, nxet, struct node has no field 'nxet'",
        "node, low, node.low is a bit field",
        "node, color, node.color is an enumeration",
        "node, half.x, node.half is no structure",
        "view, whole, there is no structure 'view'"
    })
    void whatCannotBeDeclaredIsSaid(String struct, String fields, String message) {
        assertThat(skep("gen", "type", struct, "--btf", KINDS, "--fields", fields)
                        .expectBadInput())
                .contains(message);
    }

    /** Writes the class, compiles it with a program that reads from it, and the program to an object. */
    private Path object(String read, String... options) throws IOException {
        Path task = folder.resolve("Task.java");
        Stream<String> command = Stream.of("gen", "type", "task_struct", "--class", "Task", "--out", task.toString());
        skep(Stream.concat(command, Stream.of(options)).toArray(String[]::new)).expectSuccess();
        Path program = Files.writeString(folder.resolve("Program.java"), """
                import dev.skep.lang.Bpf;
                import dev.skep.lang.context.TracepointArguments;
                import dev.skep.lang.kernel.Kernel;
                import dev.skep.lang.program.RawTracepoint;

                class Program {
                    static long seen;

                    @RawTracepoint("sys_enter")
                    static int run(TracepointArguments arguments) {
                        Task task = Kernel.at(Bpf.currentTask(), Task.class);
                        seen += %s;
                        return 0;
                    }
                }
                """.formatted(read));
        String classPath = Stream.of("java.class.path", "jdk.module.path")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(":"));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-Xlint:all",
                        "-Werror",
                        "-cp",
                        classPath,
                        "-d",
                        folder.toString(),
                        task.toString(),
                        program.toString());
        assertThat(result).isZero();
        Path object = folder.resolve("program.o");
        skep("compile", folder.resolve("Program.class").toString(), "-o", object.toString())
                .expectSuccess();
        return object;
    }

    @Test
    @EnabledIf(value = "kernelHasTypes", disabledReason = "no /sys/kernel/btf/vmlinux on this machine")
    @NeedsBpf
    void theKernelLoadsAProgramThatReadsAllThatWasDeclared() throws IOException {
        Path all = object("task.pid + task.comm[0] + task.real_parent.tgid");
        assertThat(Files.readAllLines(folder.resolve("Task.java"))).hasSizeGreaterThan(100);
        assertThat(skep("load", all.toString()).expectSuccess()).contains("yes");
    }

    @Test
    @EnabledIf(value = "kernelHasTypes", disabledReason = "no /sys/kernel/btf/vmlinux on this machine")
    @NeedsBpf
    void theKernelLoadsAProgramThatReadsByWayOfOtherStructures() throws IOException {
        Path some = object(
                "task.files.fdtab.max_fds + task.real_parent.files.fdtab.max_fds",
                "--fields",
                "files.fdtab.max_fds,real_parent.files");
        assertThat(skep("load", some.toString()).expectSuccess()).contains("yes");
    }
}
