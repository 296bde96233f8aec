package dev.skep.cli.verify;

import static dev.skep.cli.SkepInside.skep;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skep.cli.SkepInside;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code skep verify -} takes an object or a log; {@code skep explain} a log. */
class LogOnInputTest {
    private static final String LOG = """
            0: R1=ctx() R10=fp0
            0: (95) exit
            R0 !read_ok
            processed 1 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
            """;

    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String object() throws IOException {
        Path text = folder.resolve("end.s");
        Files.writeString(text, """
                .license "GPL"
                .program end xdp
                    exit
                """);
        String object = folder.resolve("end.o").toString();
        skep("asm", text.toString(), "-o", object).expectSuccess();
        return object;
    }

    @Test
    void verifyExplainsALog() {
        SkepInside.Result result = skep(bytes(LOG), "verify", "-");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEqualTo(skep(bytes(LOG), "explain").out()).isEqualTo("""
                error[uninitialized-register]: the function ends without a return value on this path
                  --> instruction 0
                   = kernel: R0 !read_ok
                   = help: return a value on every path: `return 0;` at the end
                   = more: docs/verifier/uninitialized-register.md
                """);
    }

    @Test
    void theObjectTellsWhatTheLogDoesNot() throws IOException {
        String object = object();
        JsonNode verdict = new JsonMapper()
                .readTree(skep(bytes(LOG), "verify", "-", "--object", object, "--json")
                        .out());
        assertThat(verdict.get("cause").textValue()).isEqualTo("uninitialized-register");
        assertThat(verdict.get("function").textValue()).isEqualTo("end");
        assertThat(skep(bytes(LOG), "explain", "--object", object, "--json").out())
                .contains("\"function\":\"end\"");
    }

    @Test
    void verifyStillTakesAnObject() throws IOException {
        SkepInside.Result result = skep(Files.readAllBytes(Path.of(object())), "verify", "-", "--kernel", "6.18");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("error[uninitialized-register]", "(end, instruction 0)");
    }

    @Test
    void anAcceptedProgramsLogIsNoRejection() {
        SkepInside.Result result = skep(bytes(LOG.replace("R0 !read_ok\n", "")), "verify", "-");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("accepted");
    }

    @Test
    void aLogThatIsCutIsNoVerdict() {
        assertThat(skep(bytes("0: (b7) r0 = 0\n1: (71) r1 = *(u8 *)(r9 +23)\n"), "explain")
                        .expectBadInput())
                .startsWith("<stdin>: the log is cut: it ends before the verifier says why; give all of it");
    }

    @Test
    void whatIsNeitherIsSaid() {
        assertThat(skep(bytes("\n \n"), "verify", "-").expectBadInput())
                .isEqualTo("<stdin>: there is no verifier's log in it; give what bpf(2) or libbpf printed when the "
                        + "program was refused");
        assertThat(skep(new byte[0], "verify", "-").expectBadInput()).startsWith("<stdin>");
        assertThat(skep(bytes("\u0000\u0001"), "verify", "-").expectBadInput()).startsWith("<stdin>");
    }
}
