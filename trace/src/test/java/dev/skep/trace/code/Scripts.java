package dev.skep.trace.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.compiler.code.Target;
import dev.skep.object.KernelVersion;
import dev.skep.object.instruction.Instruction;
import dev.skep.object.program.FunctionSpec;
import dev.skep.object.program.HelperId;
import dev.skep.trace.check.CheckOptions;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.source.Diagnostics;
import dev.skep.trace.source.SourceText;
import dev.skep.trace.syntax.Parser;
import dev.skep.trace.system.Binaries;
import dev.skep.trace.system.FakeSystem;
import dev.skep.trace.system.TraceSystem;
import dev.skep.trace.system.Tracepoints;
import dev.skep.trace.tree.Script;
import dev.skep.verifier.ProgramVerdict;
import dev.skep.verifier.Verdict;
import dev.skep.verifier.Verifier;
import dev.skep.verifier.kernel.KernelModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Compiles scripts for a made-up machine. */
final class Scripts {
    private static final int CALL = 0x85;

    private Scripts() {}

    /** A machine with what the scripts of tests need. */
    static FakeSystem system() {
        return new FakeSystem()
                .withTracepoint(
                        "syscalls",
                        "sys_enter_openat",
                        new Tracepoints.Field("int", "__syscall_nr", 0, 8, 4, true, Tracepoints.Location.HERE),
                        new Tracepoints.Field("int", "dfd", 0, 16, 8, true, Tracepoints.Location.HERE),
                        new Tracepoints.Field("const char *", "filename", 0, 24, 8, false, Tracepoints.Location.HERE))
                .withTracepoint(
                        "sched",
                        "sched_switch",
                        new Tracepoints.Field("char", "prev_comm", 16, 8, 16, true, Tracepoints.Location.HERE),
                        new Tracepoints.Field("pid_t", "prev_pid", 0, 24, 4, true, Tracepoints.Location.HERE))
                .withUsdt(
                        "/bin/app",
                        new Binaries.UsdtSite(
                                "app",
                                "tick",
                                0x1000,
                                0x1000,
                                0,
                                List.of(
                                        new Binaries.UsdtArgument(4, true, new Binaries.UsdtPlace.Register(112)),
                                        new Binaries.UsdtArgument(8, false, new Binaries.UsdtPlace.Memory(32, -16)))))
                .withRawTracepoints("sys_enter")
                .withFunctions("vmlinux", "vfs_read");
    }

    static Optional<TracePlan> compile(String text, TraceSystem system, Diagnostics diagnostics) {
        return compile(text, system, Target.NEWEST, diagnostics);
    }

    private static Optional<TracePlan> compile(
            String text, TraceSystem system, Target target, Diagnostics diagnostics) {
        Script script = Parser.parse(new SourceText("stdin", text), diagnostics);
        return TraceCompiler.compile(script, system, CheckOptions.DEFAULTS, target, diagnostics);
    }

    /** The plan of a script without errors. */
    static TracePlan compile(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<TracePlan> plan = compile(text, system(), diagnostics);
        assertThat(diagnostics.hasErrors()).as(diagnostics.render()).isFalse();
        return plan.orElseThrow();
    }

    /** What is said about a script. */
    static String errors(String text) {
        Diagnostics diagnostics = new Diagnostics();
        compile(text, system(), diagnostics);
        return diagnostics.render();
    }

    /** The plan of a script whose programs the verifier takes. */
    static TracePlan verified(String text) {
        return verified(compile(text), KernelModel.newest());
    }

    /** The same for an older kernel. */
    static TracePlan verified(String text, KernelVersion kernel) {
        Diagnostics diagnostics = new Diagnostics();
        Optional<TracePlan> plan = compile(text, system(), Target.of(kernel), diagnostics);
        assertThat(diagnostics.hasErrors()).as(diagnostics.render()).isFalse();
        return verified(plan.orElseThrow(), KernelModel.of(kernel));
    }

    /** A plan whose programs the verifier takes. */
    static TracePlan verified(TracePlan plan) {
        return verified(plan, KernelModel.newest());
    }

    private static TracePlan verified(TracePlan plan, KernelModel kernel) {
        Verdict verdict = Verifier.verify(plan.object(), kernel);
        for (ProgramVerdict program : verdict.programs()) {
            assertThat(program).as(message(program)).isInstanceOf(ProgramVerdict.Accepted.class);
        }
        return plan;
    }

    /** The instructions of all programs. */
    static List<Instruction> instructions(TracePlan plan) {
        return plan.object().functions().stream()
                .map(FunctionSpec::instructions)
                .flatMap(all -> StreamSupport.stream(all.spliterator(), false))
                .toList();
    }

    /** How many calls of a helper the programs have. */
    static long calls(TracePlan plan, HelperId helper) {
        return instructions(plan).stream()
                .filter(each -> each.opcode() == CALL && each.srcReg() == 0 && each.imm() == helper.number())
                .count();
    }

    private static String message(ProgramVerdict verdict) {
        return verdict instanceof ProgramVerdict.Rejected rejected
                ? rejected.rejection().toString()
                : "";
    }
}
