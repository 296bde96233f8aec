package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.cli.Main;
import dev.skep.compiler.code.Target;
import dev.skep.object.KernelVersion;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfType;
import dev.skep.testkit.NeedsBpf;
import dev.skep.trace.check.CheckOptions;
import dev.skep.trace.code.TraceCompiler;
import dev.skep.trace.portable.PortableScript;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.syntax.Parser;
import dev.skep.trace.system.Binaries;
import dev.skep.trace.system.KernelFunctions;
import dev.skep.trace.system.KernelTypes;
import dev.skep.trace.system.Machine;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.system.Tracepoints;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that were compiled for one kernel run on another. */
@NeedsBpf
class CarriedScriptTest {
    private static final String SCRIPT = """
            BEGIN {
                $t = (struct task_struct *)curtask;
                printf("%d %d %d ", $t->comm == comm, $t->tgid == pid, $t->real_parent->tgid > 0);
                printf("%d %d %d\\n", $t->mm->mm_users.counter > 0, $t->in_execve, $t->se.avg.util_avg < 100000);
                exit();
            }
            """;

    @TempDir
    Path folder;

    /** A kernel whose structures have the same members as all, in other places. */
    private record OtherKernel(KernelSystem here) implements TraceSystem, KernelTypes {
        @Override
        public KernelTypes types() {
            return this;
        }

        @Override
        public boolean available() {
            return true;
        }

        @Override
        public Optional<Btf> kernel() {
            BtfBuilder types = new BtfBuilder();
            int number = types.add(new BtfType.Int("int", 4, true, false, false, 0, 32));
            int bits = types.add(new BtfType.Int("unsigned int", 4, false, false, false, 0, 32));
            int word = types.add(new BtfType.Int("unsigned long", 8, false, false, false, 0, 64));
            int character = types.add(new BtfType.Int("char", 1, true, false, false, 0, 8));
            int text = types.add(new BtfType.Array(character, number, 16));
            int counter = types.add(struct("atomic_t", 4, member("counter", number, 0)));
            int memory = types.add(struct("mm_struct", 16, member("mm_users", counter, 12)));
            int average = types.add(struct("sched_avg", 16, member("util_avg", word, 8)));
            int entity = types.add(struct("sched_entity", 32, member("avg", average, 16)));
            int memoryPointer = types.add(new BtfType.Pointer(memory));
            int task = types.typeCount() + 1;
            int taskPointer = types.add(new BtfType.Pointer(task));
            types.add(struct(
                    "task_struct",
                    96,
                    member("comm", text, 8),
                    member("tgid", number, 24),
                    new BtfType.Member("in_execve", bits, 8 * 28 + 5, 1),
                    member("real_parent", taskPointer, 32),
                    member("mm", memoryPointer, 40),
                    member("se", entity, 48)));
            return Optional.of(types.build());
        }

        private static BtfType struct(String name, int size, BtfType.Member... members) {
            return new BtfType.Composite(name, false, size, List.of(members));
        }

        private static BtfType.Member member(String name, int type, int offset) {
            return new BtfType.Member(name, type, 8 * offset, 0);
        }

        @Override
        public List<String> modules() {
            return List.of();
        }

        @Override
        public Optional<Btf> module(String name) {
            return kernel();
        }

        @Override
        public KernelFunctions functions() {
            return here.functions();
        }

        @Override
        public Tracepoints tracepoints() {
            return here.tracepoints();
        }

        @Override
        public Binaries binaries() {
            return here.binaries();
        }

        @Override
        public Machine machine() {
            return here.machine();
        }
    }

    @Test
    @Tag("vm")
    void membersAreFoundWhereTheyAreHere() {
        ScriptRun run = ScriptRun.of(
                (system, errors) -> {
                    Diagnostics diagnostics = new Diagnostics();
                    Optional<PortableScript> script = TraceCompiler.compilePortable(
                            Parser.parse(new SourceText("stdin", SCRIPT), diagnostics),
                            new OtherKernel(system),
                            CheckOptions.DEFAULTS,
                            Target.of(new KernelVersion(5, 17)),
                            diagnostics);
                    errors.show(diagnostics);
                    return script.map(written ->
                            PortableScript.read(written.write(), "app.o").plan());
                },
                () -> {});
        assertThat(run.output()).as(run.errors()).startsWith("1 1 1 1 0 1\n");
    }

    private String trace(int code, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = new String[args.length + 1];
        all[0] = "trace";
        System.arraycopy(args, 0, all, 1, args.length);
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), all))
                .as("%s%s", out, err)
                .isEqualTo(code);
        return out.toString() + err;
    }

    @Test
    void theCommandWritesAScriptAndRunsIt() {
        String file = folder.resolve("app.o").toString();
        String script = SCRIPT + "END { @a[\"x\", 1] = count(); printf(\"%s\\n\", str($1)); }";
        assertThat(trace(0, "--emit", file, "-e", script, "given")).isEmpty();
        assertThat(trace(0, file)).startsWith("1 1 1 1 0 1\n").contains("given\n", "@a[x, 1]: 1\n");
        assertThat(trace(0, "-l", file)).isEqualTo("begin\nend\n");
        assertThat(trace(0, "-f", "json", file)).contains("{\"type\": \"map\", \"data\": {\"@a\": {\"x,1\": 1}}}");
    }

    @Test
    void filesThatAreNoScriptsAreRefused() throws Exception {
        assertThat(trace(1, "/bin/true")).contains("ERROR: /bin/true");
        Path broken = folder.resolve("broken.o");
        trace(0, "--emit", broken.toString(), "-e", "BEGIN { printf(\"%d\", 1); }");
        byte[] bytes = Files.readAllBytes(broken);
        Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(trace(1, broken.toString())).contains("ERROR: " + broken);
    }
}
