package dev.skep.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.trace.plan.PlannedMap;
import dev.skep.trace.print.MapContent;
import dev.skep.trace.print.Value;
import dev.skep.trace.run.WatchedMaps;
import dev.skep.trace.type.TraceType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LiveMapsTest {
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();
    private final LiveMaps live = new LiveMaps(terminal, new TerminalSize(6, 10), clock::get);

    private static WatchedMaps maps(long... values) {
        PlannedMap map = new PlannedMap(
                "m", "AT_m", Optional.empty(), new TraceType.Number(8, true), false, OptionalInt.empty());
        List<MapContent.Entry> entries = LongStream.of(values)
                .mapToObj(value -> new MapContent.Entry(Optional.empty(), new Value.Number(value, true)))
                .toList();
        return new WatchedMaps(
                List.of(new WatchedMaps.Watched(map, new MapContent("m", MapContent.Kind.MAP, entries))), 0);
    }

    private void turn(long... values) {
        live.turn(() -> maps(values));
        clock.addAndGet(1_000_000_000L);
    }

    private void print(String text) throws Exception {
        live.stream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void mapsAreDrawnOverThemselves() {
        turn(1);
        turn(2);
        assertThat(terminal).hasToString("@m: 1\n\033[1A\r\033[J@m: 2\n");
    }

    @Test
    void whatTheScriptPrintsStaysAboveThem() throws Exception {
        print("a\n");
        turn(1, 2);
        print("b\n");
        turn(3);
        live.ends(() -> maps(3));
        assertThat(terminal).hasToString("a\n@m: 1\n@m: 2\n\033[2A\r\033[Jb\n@m: 3\n\033[1A\r\033[J");
    }

    @Test
    void aLineThatIsNotFinishedIsNotOverwritten() throws Exception {
        print("a");
        turn(1);
        assertThat(terminal).hasToString("a\n@m: 1\n");
    }

    @Test
    void whatHasNoRoomIsCounted() {
        turn(1, 2, 3, 4, 5, 123456789);
        assertThat(terminal).hasToString("... 3 lines more\n@m: 4\n@m: 5\n@m: 123456\n");
    }

    @Test
    void twiceASecondIsEnough() {
        live.turn(() -> maps(1));
        live.turn(() -> maps(2));
        assertThat(terminal).hasToString("@m: 1\n");
    }

    @Test
    void theSizeIsWhatSttySays() {
        assertThat(TerminalSize.of("50 132\n")).isEqualTo(new TerminalSize(50, 132));
        assertThat(TerminalSize.of("0 0\n")).isEqualTo(new TerminalSize(24, 80));
        assertThat(TerminalSize.of("")).isEqualTo(new TerminalSize(24, 80));
    }
}
