package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.cli.Main;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static int trace(StringWriter err, String... args) {
        return Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), args);
    }

    @Test
    @NeedsBpf
    void prometheusGetsTheMapsOfARunningScript() throws Exception {
        int port = freePort();
        StringWriter err = new StringWriter();
        CompletableFuture<Integer> script = CompletableFuture.supplyAsync(
                () -> trace(
                        err,
                        "trace",
                        "-q",
                        "--prometheus",
                        "127.0.0.1:" + port,
                        "-e",
                        "BEGIN { @size = hist(12); @[\"x\", 1] = count(); @calls[\"read\"] = count(); } interval:s:4 { exit(); }"));
        String metrics = read("http://127.0.0.1:" + port + "/metrics", script);
        assertThat(metrics.lines())
                .contains(
                        "skep_calls_total{key=\"read\"} 1.0",
                        "skep_map_total{key1=\"x\",key2=\"1\"} 1.0",
                        "skep_size_bucket{le=\"7.0\"} 0",
                        "skep_size_bucket{le=\"15.0\"} 1",
                        "skep_size_bucket{le=\"+Inf\"} 1",
                        "skep_lost_events_total 0.0");
        assertThat(script.get()).isZero();
        assertThat(err).hasToString("");
    }

    /** Asks until the script's maps are there. */
    private static String read(String place, CompletableFuture<Integer> script) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(place))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            while (!script.isDone()) {
                try {
                    String answer = client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body();
                    if (answer.contains("skep_size")) {
                        return answer;
                    }
                } catch (IOException notYet) {
                    Thread.sleep(50);
                }
            }
        }
        return "the script ended with " + script.get();
    }

    @Test
    @NeedsBpf
    void aPlaceThatIsNoneIsRefused() {
        StringWriter err = new StringWriter();
        assertThat(trace(err, "trace", "--prometheus", "nowhere", "-e", "BEGIN { exit(); }"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("give :PORT or HOST:PORT");
    }

    @Test
    void withoutATerminalMapsAreNotRedrawn() {
        StringWriter err = new StringWriter();
        assertThat(trace(err, "trace", "--live", "-f", "json", "-e", "BEGIN { exit(); }"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--live redraws maps in a terminal");
    }
}
