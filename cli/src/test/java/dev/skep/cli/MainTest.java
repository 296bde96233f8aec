package dev.skep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.linux.load.Rejection;
import dev.skep.linux.load.VerifierLog;
import dev.skep.object.InputException;
import dev.skep.object.Location;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.NeedsTool;
import dev.skep.testkit.Tools;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int skep(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    @Test
    void versionNamesJavaAndTheMachine() {
        assertThat(skep("--version")).isEqualTo(ExitCode.OK);
        assertThat(out).hasToString(Version.line() + "\n");
        assertThat(Version.line()).startsWith("skep ").contains("Java " + Runtime.version());
    }

    @Test
    void helpHasAnExample() {
        assertThat(skep("--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Usage: skep").contains("skep run examples/");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void wrongUsageSaysWhatWasMeantAndWhereHelpIs() {
        assertThat(skep("completoin")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .startsWith("skep: error: Unmatched argument at index 0: 'completoin'\nDid you mean: ")
                .contains("completion")
                .endsWith("\nTry: skep --help\n");
    }

    @Test
    void aCommandIsNeeded() {
        assertThat(skep()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).startsWith("skep: error: ").contains("COMMAND is missing");
    }

    @Test
    void failuresAreOneLineAndAnExitCode() {
        InputException input = new InputException(Location.in("a.o"), "is cut short", "compile it again");

        assertThat(failure(input)).isEqualTo("2 skep: error: " + input.getMessage());
        assertThat(failure(new CliException(ExitCode.FAILED, "no:\n  not  today")))
                .isEqualTo("1 skep: error: no: not  today");
        assertThat(failure(new NoSuchFileException("x.pcap"))).isEqualTo("2 skep: error: x.pcap: no such file");
        assertThat(failure(new UncheckedIOException(new IOException("disk on fire"))))
                .isEqualTo("2 skep: error: disk on fire");
        assertThat(failure(new IllegalStateException("oops")))
                .startsWith("1 skep: error: internal error")
                .contains("IllegalStateException: oops")
                .contains("--debug");
        assertThat(failure(new StackOverflowError())).startsWith("1 skep: error: internal error");
    }

    @Test
    void whatTheSystemForbidsOrLacksIsNotAnAnswer() {
        for (Errno lacking : List.of(Errno.EPERM, Errno.EACCES, Errno.ENOSYS, Errno.EOPNOTSUPP, Errno.EMFILE)) {
            assertThat(failure(new HostException(lacking, "no"))).isEqualTo("3 skep: error: " + lacking + ": no");
        }
        assertThat(failure(new HostException(Errno.ENOENT, "no"))).startsWith("1 ");
        assertThat(ExitCode.of(refusal("", Errno.EPERM))).isEqualTo(3);
        assertThat(ExitCode.of(refusal("0: (61) r0 = *(u32 *)(r1 +4000)\ninvalid bpf_context access\n", Errno.EACCES)))
                .as("what the verifier found in the program")
                .isEqualTo(1);
    }

    private static Rejection refusal(String log, Errno errno) {
        ProgramSpec program =
                new ProgramSpec("p", "xdp", ProgramType.XDP, Optional.empty(), Optional.empty(), true, 0, 0);
        return new Rejection(program, errno, new VerifierLog(log, true), OptionalInt.empty(), Optional.empty(), "");
    }

    private String failure(Throwable e) {
        StringWriter text = new StringWriter();
        int code = new Failures(new PrintWriter(text, true)).failed(e);
        assertThat(text.toString().lines()).hasSize(1);
        return code + " " + text.toString().strip();
    }

    @Test
    void debugShowsTheStackTrace() {
        new Failures(new PrintWriter(err, true), "run", "--debug").failed(new IllegalStateException("oops"));

        assertThat(err.toString()).contains("IllegalStateException: oops").contains("at dev.skep.cli.MainTest");
    }

    @Test
    @NeedsTool("bash")
    void completionIsAScriptForBash() {
        assertThat(skep("completion")).isEqualTo(ExitCode.OK);

        byte[] script = out.toString().getBytes(StandardCharsets.UTF_8);
        Tools.run(List.of("bash", "-n"), script, Path.of("."), Duration.ofSeconds(20))
                .expectSuccess();
        assertThat(out.toString()).contains("complete -F _complete_skep");
    }

    private static Stream<CommandLine> all(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().distinct().flatMap(MainTest::all));
    }

    /** Every command and subcommand; help for the machinery that picocli adds is left out. */
    static Stream<String> commands() {
        return all(Commands.line())
                .map(command -> command.getCommandSpec().qualifiedName())
                .filter(name -> !name.equals("skep completion"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyHelpHasAnExampleAndLinesThatFitATerminal(String command) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.set(0, "--help");
        Collections.rotate(words, -1);
        assertThat(skep(words.toArray(String[]::new))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Example").containsPattern("(?m)^  (\\$ )?(.*[ ;|] )?" + command + "\\b");
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @Test
    void completionKnowsEveryCommand() {
        skep("completion");
        String script = out.toString();
        assertThat(commands().skip(1))
                .allMatch(command -> script.contains("=(" + command.replaceFirst("skep ", "") + ")"));
    }
}
