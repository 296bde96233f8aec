package dev.skep.trace.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.code.Target;
import dev.skep.object.KernelVersion;
import dev.skep.object.btf.Btf;
import dev.skep.object.btf.BtfBuilder;
import dev.skep.object.btf.BtfType;
import dev.skep.object.program.HelperId;
import dev.skep.trace.check.CheckOptions;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.syntax.Parser;
import dev.skep.trace.system.FakeSystem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leads along types that the verifier knows is loaded; all else is read by a helper. */
class TypedPointersTest {
    /** Also with {@code percpu} as the tag of a type, which marks pointers that the verifier does not follow. */
    private static Btf types(boolean tagged) {
        BtfBuilder types = new BtfBuilder();
        int number = types.add(new BtfType.Int("int", 4, true, false, false, 0, 32));
        int wide = types.add(new BtfType.Int("long", 8, true, false, false, 0, 64));
        int character = types.add(new BtfType.Int("char", 1, true, false, false, 0, 8));
        int name = types.add(new BtfType.Array(character, number, 16));
        int inner = types.add(new BtfType.Composite("inner", false, 4, List.of(new BtfType.Member("x", number, 0, 0))));
        int union = types.add(new BtfType.Composite(
                "",
                true,
                8,
                List.of(new BtfType.Member("small", number, 0, 0), new BtfType.Member("large", wide, 0, 0))));
        int pointer = types.typeCount() + 1;
        int task = types.add(new BtfType.Composite(
                "task_struct",
                false,
                56,
                List.of(
                        new BtfType.Member("pid", number, 0, 0),
                        new BtfType.Member("flag", number, 32, 3),
                        new BtfType.Member("parent", pointer, 64, 0),
                        new BtfType.Member("", union, 128, 0),
                        new BtfType.Member("se", inner, 192, 0),
                        new BtfType.Member("comm", name, 256, 0))));
        types.add(new BtfType.Pointer(task));
        int prototype = types.add(
                new BtfType.FunctionPrototype(number, List.of(new BtfType.Parameter("task", pointer)), false));
        types.add(new BtfType.Function("vfs_read", BtfType.Linkage.STATIC, prototype));
        if (tagged) {
            types.add(new BtfType.TypeTag("percpu", task, false));
        }
        return types.build();
    }

    private static TracePlan compile(String script, boolean isLive, boolean tagged, String kernel) {
        FakeSystem system = Scripts.system().withTypes("vmlinux", types(tagged));
        Diagnostics diagnostics = new Diagnostics();
        Optional<TracePlan> plan = TraceCompiler.compile(
                Parser.parse(new SourceText("stdin", script), diagnostics),
                isLive ? system.whoseTypesAreKnownToVerifier() : system,
                CheckOptions.DEFAULTS,
                Target.of(KernelVersion.of(kernel)),
                diagnostics);
        assertThat(diagnostics.hasErrors()).as(diagnostics.render()).isFalse();
        return plan.orElseThrow();
    }

    private static long reads(TracePlan plan) {
        return Scripts.calls(plan, HelperId.PROBE_READ_KERNEL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | fentry:vfs_read { @ = args.task.pid; }",
                "0 | fentry:vfs_read { @ = args.task.parent.parent.se.x; }",
                "0 | k:vfs_read { @ = curtask.parent.pid; }",
                "1 | fentry:vfs_read { @ = args.task.small; }",
                "1 | fentry:vfs_read { @ = args.task.parent.large; }",
                "1 | fentry:vfs_read { @ = args.task.flag; }",
                "1 | fentry:vfs_read { @ = args.task.parent.comm; }",
                "1 | fentry:vfs_read { @ = ((struct task_struct *)args.task).pid; }",
                "1 | k:vfs_read { @ = ((struct task_struct *)arg0).pid; }",
            })
    void whatHasItsTypeIsLoaded(int reads, String script) {
        assertThat(reads(compile(script, true, false, "6.18"))).isEqualTo(reads);
    }

    @Test
    void nothingIsWhereTheVerifierDoesNotKnowTheTypes() {
        String script = "fentry:vfs_read { @ = args.task.parent.pid; }";
        assertThat(reads(compile(script, false, false, "6.18"))).isEqualTo(2);
        assertThat(reads(compile(script, true, true, "6.18"))).isEqualTo(2);
    }

    @Test
    void theCurrentTaskHasItsTypeFromLinux511On() {
        String script = "k:vfs_read { @ = curtask.pid; }";
        assertThat(Scripts.calls(compile(script, true, false, "5.11"), HelperId.GET_CURRENT_TASK_BTF))
                .isEqualTo(1);
        assertThat(Scripts.calls(compile(script, true, false, "5.10"), HelperId.GET_CURRENT_TASK))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 5.17 | k:vfs_read { @[comm] = 1; }",
                "0 | 6.18 | k:vfs_read /comm == \"java\"/ { printf(\"%s\", comm); }",
                "1 | 5.16 | k:vfs_read { @[comm] = 1; }"
            })
    void itsNameIsLoadedWhereItIsPadded(int calls, String kernel, String script) {
        TracePlan plan = compile(script, true, false, kernel);
        assertThat(Scripts.calls(plan, HelperId.GET_CURRENT_COMM)).isEqualTo(calls);
        assertThat(Scripts.calls(plan, HelperId.GET_CURRENT_TASK_BTF)).isEqualTo(1 - calls);
        assertThat(Scripts.calls(compile(script, false, false, kernel), HelperId.GET_CURRENT_TASK_BTF))
                .isZero();
    }
}
