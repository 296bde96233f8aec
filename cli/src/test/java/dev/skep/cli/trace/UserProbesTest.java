package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Probes in a program of C++. */
@NeedsBpf
@NeedsTool("g++")
@Timeout(60)
class UserProbesTest {
    @TempDir
    static Path folder;

    private static final String BUILD_ID = "0123456789abcdef0123456789abcdef01234567";
    private static String program;

    @BeforeAll
    static void compile() throws Exception {
        Path source = Files.writeString(folder.resolve("program.cpp"), """
                #include <unistd.h>
                int global_number = 0x1234;
                __attribute__((noinline)) int twice(int x) { asm volatile(""); return 2 * x; }
                __attribute__((noinline)) int twice(char *x) { asm volatile(""); return 2 * *x; }
                namespace shop {
                struct Cart { int add(int); };
                __attribute__((noinline)) int Cart::add(int x) { asm volatile(""); return x; }
                }
                int main() {
                    char text[] = "x";
                    shop::Cart cart;
                    int sum = 0;
                    for (int i = 0; i < 20; i++) { sum += twice(i) + twice(text) + cart.add(i); usleep(1000); }
                    return sum == 1;
                }
                """);
        program = folder.resolve("program").toString();
        Tools.run(
                        List.of(
                                "g++",
                                "-O0",
                                "-no-pie",
                                "-fno-omit-frame-pointer",
                                "-Wl,--build-id=0x" + BUILD_ID,
                                "-o",
                                program,
                                source.toString()),
                        Duration.ofSeconds(60))
                .expectSuccess();
    }

    private static String traced(String script) {
        TraceRun run = TraceRun.of("-q", "-c", program, "-e", script.replace("PROGRAM", program));
        assertThat(run.errors()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return run.output();
    }

    /** A process that has mapped nothing yet, as that of -c when it is looked at early; here one that is no program with libraries. */
    @Test
    void aLibraryThatAProcessHasNotMappedIsThatOfTheMachine() throws Exception {
        Process waiting = new ProcessBuilder("sleep", "30").start();
        try {
            OptionalInt pid = OptionalInt.of((int) waiting.pid());
            List<String> libraries = new ElfFiles(true).find("libcrypt", pid); // which sleep does not use
            assertThat(libraries).isEqualTo(new ElfFiles(true).find("libcrypt", OptionalInt.empty()));
        } finally {
            waiting.destroy();
        }
    }

    @Test
    void aFunctionIsFoundByItsNameInTheSource() {
        assertThat(traced("uprobe:PROGRAM:cpp:\"shop::Cart::add(int)\" { printf(\"%s\\n\", func); exit(); }"))
                .isEqualTo("shop::Cart::add(int)\n\n\n");
    }

    @Test
    void withoutParametersAllOfThatNameAre() {
        assertThat(traced("uprobe:PROGRAM:cpp:twice { @[func] = count(); }"))
                .contains("@[twice(char*)]: 20\n", "@[twice(int)]: 20\n");
    }

    @Test
    void stacksMayBeByTheFilesBuildIds() {
        String printed =
                traced("uprobe:PROGRAM:_Z5twicei { print(ustack(build_id, 2)); @[ustack(build_id, 1)] = count(); "
                        + "exit(); }");
        String frame = BUILD_ID + " 0x1[0-9a-f]{3}\n"; // in the first page of code
        assertThat(printed).matches("\n" + frame + frame + "\n\n\n@\\[\n" + frame + "\\]: [0-9]+\n");
        assertThat(traced("config = { stack_mode = build_id } uprobe:PROGRAM:_Z5twicei { print(ustack(1)); exit(); }"))
                .matches("\n" + frame + "\n\n\n");
    }

    @Test
    void theNameOfTheLinkerIsTakenToo() {
        assertThat(traced("uprobe:PROGRAM:_Z5twicei { @[probe] = count(); }"))
                .contains("@[uprobe:" + program + ":_Z5twicei]: 20\n");
    }

    @Test
    void stacksAreReadable() {
        assertThat(traced("uprobe:PROGRAM:cpp:\"shop::Cart::add\" { print(ustack(2)); exit(); }"))
                .startsWith("\n        shop::Cart::add(int)+")
                .contains("\n        main+");
    }

    @Test
    void asTheLinkerHasThemIfTheScriptWantsSo() {
        assertThat(traced(
                        "config = { cpp_demangle = 0 } uprobe:PROGRAM:_Z5twicei { printf(\"%s\\n\", func); exit(); }"))
                .isEqualTo("_Z5twicei\n\n\n");
    }

    @Test
    void variablesAreFoundByNameWhereTheProgramIsNotMoved() {
        assertThat(traced("uprobe:PROGRAM:main { printf(\"%x\\n\", *uaddr(\"global_number\")); exit(); }"))
                .isEqualTo("1234\n\n\n");
    }

    @Test
    void theyAreListed() {
        TraceRun run = TraceRun.of("-l", "uprobe:" + program + ":cpp:\"twice*\"");
        assertThat(run.output())
                .isEqualTo(
                        "uprobe:%s:cpp:\"twice(char*)\"\nuprobe:%s:cpp:\"twice(int)\"\n".formatted(program, program));
        assertThat(TraceRun.of("-l", "*:" + program + ":ma*n").output()).contains("uprobe:" + program + ":main\n");
    }
}
