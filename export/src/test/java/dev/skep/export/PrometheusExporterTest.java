package dev.skep.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class PrometheusExporterTest {
    @Test
    void metricsAreServedAsPrometheusReadsThem() throws Exception {
        try (AutoCloseable server = new PrometheusExporter().start("127.0.0.1:0", () -> MadeUpMetrics.ALL);
                HttpClient client = HttpClient.newHttpClient()) {
            URI place = URI.create("http://127.0.0.1:" + ((HTTPServer) server).getPort() + "/metrics");
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(place).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body().lines().filter(line -> !line.startsWith("# HELP")))
                    .containsExactly(
                            "# TYPE skep_level gauge",
                            "skep_level -2.5",
                            "# TYPE skep_opens_total counter",
                            "skep_opens_total{key=\"sh\"} 7.0",
                            "# TYPE skep_sizes histogram",
                            "skep_sizes_bucket{le=\"7.0\"} 2",
                            "skep_sizes_bucket{le=\"15.0\"} 5",
                            "skep_sizes_bucket{le=\"+Inf\"} 6",
                            "skep_sizes_count 6");
        }
    }

    @Test
    void aWrongPlaceIsRefusedWithWords() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PrometheusExporter().start("here", () -> MadeUpMetrics.ALL))
                .withMessageContaining("give :PORT or HOST:PORT");
    }
}
