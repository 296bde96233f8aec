package dev.skep.cli.trace;

import dev.skep.linux.LinuxHost;
import dev.skep.trace.check.CheckOptions;
import dev.skep.trace.plan.Settings;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.Output;
import dev.skep.trace.print.TextOutput;
import dev.skep.trace.run.Tracer;
import dev.skep.trace.source.SourceText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** Runs a script as {@code skep trace} does, with a load that starts when all probes are live, and ends some time after it. */
record ScriptRun(String output, String errors, int probes) {
    /** What is under way when the load has ended has this time to arrive. */
    private static final Duration REST = Duration.ofMillis(400);

    /** The name of the thread that the load runs on, to the kernel too. */
    static final String LOAD_THREAD = "skep-load";

    /** A script that could not be compiled. */
    static final class NotCompiled extends RuntimeException {
        private static final long serialVersionUID = 1;

        private NotCompiled(String errors) {
            super(errors);
        }
    }

    static ScriptRun of(Path file, Settings settings, Runnable load) {
        try {
            return of(new SourceText(file.toString(), Files.readString(file)), settings, load);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    /** @throws NotCompiled with what is wrong */
    static ScriptRun of(SourceText source, Settings settings, Runnable load) {
        return of(
                (system, errors) -> new Compilation(system, errors)
                        .compile(source, new CheckOptions(true, OptionalInt.empty(), List.of(), settings)),
                load);
    }

    /** Of what makes a plan for this machine. */
    interface Planning {
        /** @param errors is told what is wrong @return empty if there are errors */
        Optional<TracePlan> plan(KernelSystem system, ErrorStream errors);
    }

    static ScriptRun of(Planning planning, Runnable load) {
        StringWriter said = new StringWriter();
        ErrorStream errors = new ErrorStream(new PrintWriter(said), true);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (LinuxHost host = LinuxHost.open()) {
            KernelSystem system = new KernelSystem(host);
            TracePlan plan = planning.plan(system, errors).orElseThrow(() -> new NotCompiled(said.toString()));
            try (Output output = new TextOutput(printed, Output.Buffering.NONE);
                    KernelTraceHost kernel = new KernelTraceHost(
                            host, system.machine(), new KernelNames(true, TracedFiles.of(plan)), OptionalInt.empty())) {
                CompletableFuture<Long> loaded = new CompletableFuture<>();
                new Tracer(plan, kernel, output, errors, Tracer.Mode.TRACE)
                        .run(() -> start(load, loaded), () -> isOver(loaded));
                if (loaded.isDone()) {
                    loaded.join(); // else the script has ended before
                }
            }
            return new ScriptRun(
                    printed.toString(StandardCharsets.UTF_8),
                    said.toString(),
                    plan.probes().size());
        }
    }

    private static void start(Runnable load, CompletableFuture<Long> loaded) {
        Thread.ofPlatform().name(LOAD_THREAD).start(() -> {
            try {
                load.run();
                loaded.complete(System.nanoTime());
            } catch (RuntimeException | Error e) {
                loaded.completeExceptionally(e);
            }
        });
    }

    private static boolean isOver(CompletableFuture<Long> loaded) {
        return loaded.isCompletedExceptionally()
                || (loaded.isDone() && System.nanoTime() - loaded.join() >= REST.toNanos());
    }
}
