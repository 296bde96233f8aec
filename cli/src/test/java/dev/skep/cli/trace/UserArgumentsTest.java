package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What functions of programs get, by their debugging information. */
@NeedsBpf
@NeedsTool("gcc")
@Timeout(60)
class UserArgumentsTest {
    @TempDir
    static Path folder;

    private static String program;
    private static String bare;

    @BeforeAll
    static void compile() throws Exception {
        Path source = Files.writeString(folder.resolve("program.c"), """
                #include <unistd.h>
                enum color { RED, GREEN = 5 };
                struct point { int x; short y; char name[8]; };
                struct shape { struct point *first; struct point in; enum color color; unsigned bits : 3; int grid[4]; };
                typedef struct { long value; } only_typedef;
                int global_number = 0x1234;
                __attribute__((noinline)) int add(int a, long b, char c) { asm volatile(""); return a + b + c; }
                __attribute__((noinline)) void draw(struct shape *s, double size, enum color color) { asm volatile(""); }
                __attribute__((noinline)) long value(only_typedef *it) { asm volatile(""); return it->value; }
                __attribute__((noinline)) int many(int a, int b, int c, int d, int e, int f, int g) { asm volatile(""); return g; }
                __attribute__((noinline)) void nothing(void) { asm volatile(""); }
                int main(void) {
                    struct point p = {1, 2, "first"};
                    struct shape s = {&p, {3, 4, "in"}, GREEN, 5, {10, 11, 12, 13}};
                    only_typedef it = {99};
                    for (int i = 0; i < 20; i++) {
                        add(-7, 100, 'z'); draw(&s, 2.5, GREEN); value(&it); many(1, 2, 3, 4, 5, 6, 7); nothing();
                        usleep(1000);
                    }
                }
                """);
        program = compiled(source, "program", "-g");
        bare = compiled(source, "bare");
    }

    private static String compiled(Path source, String name, String... options) {
        String file = folder.resolve(name).toString();
        List<String> command = new java.util.ArrayList<>(List.of("gcc", "-O0", "-o", file, source.toString()));
        command.addAll(List.of(options));
        Tools.run(command, Duration.ofSeconds(60)).expectSuccess();
        return file;
    }

    private static TraceRun run(String script) {
        return TraceRun.of(
                "-q", "-c", program, "-e", script.replace("PROGRAM", program).replace("BARE", bare));
    }

    private static String traced(String script) {
        TraceRun run = run(script);
        assertThat(run.errors()).isEmpty();
        return run.output().stripTrailing();
    }

    @Test
    void theyAreReadByTheirNames() {
        assertThat(
                        traced(
                                "uprobe:PROGRAM:add { print((args.a, args.b)); printf(\"%c\\n\", args.c); print(args); exit(); }"))
                .isEqualTo("(-7, 100)\nz\n{ .a = -7, .b = 100, .c = 122 }");
    }

    @Test
    void structuresOfTheProgramAreKnown() {
        assertThat(traced("uprobe:PROGRAM:draw { print(args.s->first->name); print(args.s.in); print(args.s->bits); "
                        + "print(args.s->grid[2]); print((args.color, args.s->color)); exit(); }"))
                .isEqualTo("first\n{ .x = 3, .y = 4, .name = in }\n5\n12\n(5, 5)");
        assertThat(
                        traced(
                                "uprobe:PROGRAM:draw { $s = (struct shape *)arg0; print($s->in.y); print(sizeof(struct shape)); exit(); }"))
                .isEqualTo("4\n48");
    }

    @Test
    void aStructureMayHaveNoNameButByTypedef() {
        assertThat(traced("uprobe:PROGRAM:value { print(args.it->value); exit(); }"))
                .isEqualTo("99");
    }

    @Test
    void functionsOfTheSameParametersMayShareAProgram() {
        assertThat(run("uprobe:PROGRAM:add,uprobe:PROGRAM:ad* { @[args.a] = count(); }")
                        .output())
                .contains("@[-7]: 40");
    }

    /** gcc makes programs that are moved, unless it is told otherwise. */
    @Test
    void variablesAreFoundWhereTheProgramWasMovedTo() {
        assertThat(traced("uprobe:PROGRAM:add { printf(\"%x\\n\", *uaddr(\"global_number\")); exit(); }"))
                .isEqualTo("1234");
        assertThat(traced("uprobe:PROGRAM:add+4 { printf(\"%x\\n\", *uaddr(\"global_number\")); exit(); }"))
                .isEqualTo("1234");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(run("uprobe:PROGRAM:add { print(args.zz); }").errors())
                .contains("ERROR: Can't find function parameter zz\n");
        assertThat(run("uprobe:PROGRAM:nothing { print(args); }").errors())
                .contains("ERROR: Cannot read function parameters\n");
        assertThat(run("uprobe:PROGRAM:many { print(args.a); }").errors())
                .contains("'args' builtin is not supported for probes with stack-passed arguments.\n");
        assertThat(run("uprobe:BARE:add { print(args.a); }").errors())
                .contains("Could not parse arguments of \"uprobe:" + bare + ":add\": no debuginfo found for " + bare);
        assertThat(run("uretprobe:PROGRAM:add { print(args.a); }").errors()).contains("uretprobe used here");
    }

    @Test
    void theyAreListed() {
        TraceRun run = TraceRun.of("-lv", "uprobe:" + program + ":[ad]*");
        assertThat(run.errors()).isEmpty();
        assertThat(TraceRun.of("-lv", "uprobe:" + program + ":draw").output())
                .isEqualTo("uprobe:" + program + ":draw\n    struct shape* s\n    double size\n    enum color color\n");
        assertThat(TraceRun.of("-lv", "uprobe:" + bare + ":add").errors())
                .isEqualTo("WARNING: No DWARF found for \"" + bare + "\", cannot show parameter info\n");
    }
}
