package dev.skep.cli.map;

import dev.skep.cli.kernel.ObjectReference;
import dev.skep.cli.kernel.Words;
import dev.skep.linux.info.ObjectKind;
import dev.skep.linux.map.LinuxMap;
import dev.skep.object.host.BpfMap;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code skep map update}. */
@Command(
        name = "update",
        description = {
            "Stores a value at a key, of a per-CPU map on every CPU. In a map of programs or maps, value names one of these.",
            "noexist: only if the key is not there; exist: only if it is."
        },
        customSynopsis = "skep map update MAP key KEY value VALUE [any|noexist|exist]",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  skep map update name blocked key '\"10.0.0.1\"' value 1",
            "  skep map update name tail_calls key 0 value pinned /sys/fs/bpf/parser"
        })
final class MapUpdateCommand extends EntryCommand {
    @Override
    void work(LinuxMap map, Entries entries, Words words) {
        byte[] key = entries.readKey(words);
        Optional<ObjectKind> held = entries.heldKind();
        if (held.isPresent()) {
            ObjectReference reference = entries.readHeld(words, held.get());
            words.end();
            try (var descriptor = reference.open(held.get())) {
                map.put(key, descriptor);
            }
            return;
        }
        byte[] value = entries.readValue(words);
        long flags = flags(words);
        words.end();
        map.update(key, value, flags);
    }

    private static long flags(Words words) {
        if (words.take("noexist")) {
            return BpfMap.NOEXIST;
        }
        if (words.take("exist")) {
            return BpfMap.EXIST;
        }
        boolean _ = words.take("any");
        return BpfMap.ANY;
    }
}
