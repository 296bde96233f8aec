package dev.skep.cli.map;

import dev.skep.cli.kernel.KernelCommand;
import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.PinPath;
import dev.skep.cli.kernel.Words;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.load.OpenObject;
import dev.skep.linux.map.LinuxMap;
import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.btf.Btf;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skep map create}. */
@Command(
        name = "create",
        description =
                "Makes a map, kept by a pin. Sizes are in bytes; flags are the BPF_F_* of linux/bpf.h as a number.",
        customSynopsis =
                "skep map create PATH type TYPE key BYTES value BYTES entries N [name NAME] [flags N] [extra N] "
                        + "[inner_map MAP] [dev INTERFACE]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  skep map create /sys/fs/bpf/blocked type hash key 4 value 8 entries 1024 name blocked")
final class MapCreateCommand extends KernelCommand {
    private static final List<String> NUMBERS = List.of("key", "value", "entries", "flags", "extra");

    @Parameters(arity = "1..*", paramLabel = "WORD", description = "As the synopsis says.")
    private List<String> words = List.of();

    @Override
    protected void execute() {
        Words reading = words(words);
        Path path = PinPath.read(reading);
        Wanted wanted = read(reading);
        MapSpec map = wanted.map();
        BpfObject object =
                new BpfObject(map.name(), List.of(), List.of(), List.of(map), List.of(), List.of(), Btf.EMPTY, "", 0);
        try (LinuxHost host = LinuxHost.open();
                LinuxObject loaded = opened(host, object, wanted.card()).load()) {
            loaded.maps().getFirst().pin(path);
        }
    }

    /** @param card the interface whose card is to hold the map */
    private record Wanted(MapSpec map, Optional<String> card) {}

    private static OpenObject opened(LinuxHost host, BpfObject object, Optional<String> card) {
        OpenObject open = host.open(object);
        return card.map(open::offload).orElse(open);
    }

    private static Wanted read(Words words) {
        words.require("type");
        MapType type = type(words);
        String name = "";
        Optional<MapSpec> inner = Optional.empty();
        Optional<String> card = Optional.empty();
        Map<String, Long> numbers = new HashMap<>();
        while (!words.isEmpty()) {
            String keyword = words.next("the map's properties");
            switch (keyword) {
                case "name" -> name = words.next("the name");
                case "inner_map" -> inner = Optional.of(template(ObjectReference.read(words, ObjectKind.MAP)));
                case "dev" -> card = Optional.of(words.next("the interface"));
                default -> {
                    if (!NUMBERS.contains(keyword)) {
                        throw words.wrong("'" + keyword + "' is no property of a map: there are name, inner_map, dev, "
                                + String.join(", ", NUMBERS));
                    }
                    numbers.put(keyword, words.number(keyword));
                }
            }
        }
        if (card.isPresent() && type == MapType.PERF_EVENT_ARRAY) {
            throw words.wrong("a perf_event_array is never held by a card: leave out 'dev'");
        }
        return new Wanted(spec(name, type, inner, numbers), card);
    }

    private static MapSpec spec(String name, MapType type, Optional<MapSpec> inner, Map<String, Long> numbers) {
        return new MapSpec(
                name,
                MapSpec.Role.DECLARED,
                type,
                numbers.getOrDefault("key", 0L).intValue(),
                numbers.getOrDefault("value", 0L).intValue(),
                numbers.getOrDefault("entries", 0L).intValue(),
                numbers.getOrDefault("flags", 0L).intValue(),
                numbers.getOrDefault("extra", 0L),
                -1,
                MapSpec.Pinning.NONE,
                inner,
                0,
                0,
                Bytes.EMPTY,
                List.of(),
                0);
    }

    private static MapType type(Words words) {
        String word = words.next("the map's type");
        return Arrays.stream(MapType.values())
                .filter(type -> type != MapType.UNSPEC && type.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> words.wrong("there is no type of map '" + word + "'; there are "
                        + Arrays.stream(MapType.values())
                                .skip(1)
                                .map(type -> type.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    private static MapSpec template(ObjectReference reference) {
        try (LinuxMap map = reference.map()) {
            MapSpec there = map.info().spec();
            return MapSpec.of(there.name(), there.type(), there.keySize(), there.valueSize(), there.maxEntries())
                    .withFlags(there.flags());
        }
    }
}
