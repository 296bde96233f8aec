package dev.skep.cli.map;

import dev.skep.linux.map.LinuxMap;
import dev.skep.object.btf.value.BtfValueText;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;

/** What to throw if a map has no entry for a key. */
final class MissingEntry {
    private MissingEntry() {}

    static HostException of(LinuxMap map, Entries entries, byte[] key) {
        return new HostException(
                Errno.ENOENT,
                map
                        + (key.length == 0
                                ? " is empty"
                                : " has no entry for key " + BtfValueText.of(entries.shownKey(key))));
    }
}
