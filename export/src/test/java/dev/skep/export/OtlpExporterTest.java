package dev.skep.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OtlpExporterTest {
    /** What arrived. */
    private record Arrived(String path, String tenant, byte[] body) {}

    private final BlockingQueue<Arrived> arrivals = new LinkedBlockingQueue<>();

    private HttpServer collector() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            arrivals.add(new Arrived(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("tenant")),
                    exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void metricsArriveAtTheLatestWhenItEnds() throws Exception {
        HttpServer collector = collector();
        try {
            String place = "http://127.0.0.1:" + collector.getAddress().getPort();
            Map<String, String> environment = Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", place,
                    "OTEL_EXPORTER_OTLP_HEADERS", "tenant=me",
                    "OTEL_SERVICE_NAME", "traced");
            new OtlpExporter(environment).start("", () -> MadeUpMetrics.ALL).close();
            Arrived arrived = arrivals.poll(10, TimeUnit.SECONDS);
            assertThat(arrived).isNotNull();
            assertThat(arrived.path()).isEqualTo("/v1/metrics");
            assertThat(arrived.tenant()).isEqualTo("me");
            check(arrived.body());
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void thatNobodyTakesThemIsSaid() throws Exception {
        HttpServer collector = collector();
        String place = "http://127.0.0.1:" + collector.getAddress().getPort();
        collector.stop(0);
        AutoCloseable export = new OtlpExporter(Map.of()).start(place, () -> MadeUpMetrics.ALL);
        assertThatThrownBy(export::close)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("sending the last metrics");
    }

    @Test
    void theIntervalIsTheEnvironments() throws Exception {
        HttpServer collector = collector();
        try {
            String place = "http://127.0.0.1:" + collector.getAddress().getPort() + "/";
            AutoCloseable export =
                    new OtlpExporter(Map.of("OTEL_METRIC_EXPORT_INTERVAL", "20")).start(place, () -> MadeUpMetrics.ALL);
            assertThat(arrivals.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(arrivals.poll(10, TimeUnit.SECONDS)).isNotNull();
            export.close();
        } finally {
            collector.stop(0);
        }
    }

    /** ExportMetricsServiceRequest of opentelemetry/proto/collector/metrics/v1/metrics_service.proto. */
    private static void check(byte[] body) {
        Protobuf resource = new Protobuf(body).message(1);
        assertThat(resource.message(1).all(1).stream()
                        .filter(attribute -> attribute.text(1).equals("service.name"))
                        .map(attribute -> attribute.message(2).text(1)))
                .containsExactly("traced");
        List<Protobuf> metrics = resource.message(2).all(2);
        assertThat(metrics)
                .extracting(metric -> metric.text(1))
                .containsExactly("skep_opens", "skep_level", "skep_sizes");
        Protobuf opens = metrics.get(0).message(7).message(1);
        assertThat(opens.real(4)).isEqualTo(7);
        assertThat(opens.message(7).text(1)).isEqualTo("key");
        assertThat(opens.message(7).message(2).text(1)).isEqualTo("sh");
        assertThat(metrics.get(1).message(5).message(1).real(4)).isEqualTo(-2.5);
        Protobuf sizes = metrics.get(2).message(9).message(1);
        assertThat(sizes.whole(4)).isEqualTo(6);
        assertThat(sizes.wholes(6)).containsExactly(2L, 3L, 1L);
        assertThat(sizes.reals(7)).containsExactly(7.0, 15.0);
    }
}
