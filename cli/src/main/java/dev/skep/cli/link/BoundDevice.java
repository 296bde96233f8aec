package dev.skep.cli.link;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.linux.info.OffloadDevice;
import java.io.IOException;

/** Shows the network device that a program or map was loaded for. */
public final class BoundDevice {
    private BoundDevice() {}

    /** In words: {@code eth0}, or its number if it is in another network namespace. */
    public static String text(OffloadDevice device) {
        return InterfaceNames.look().describe(device.interfaceIndex());
    }

    /** Writes the member {@code dev}, with bpftool's names. */
    public static void write(JsonGenerator json, OffloadDevice device) throws IOException {
        json.writeObjectFieldStart("dev");
        json.writeNumberField("ifindex", device.interfaceIndex());
        json.writeNumberField("ns_dev", device.namespaceDevice());
        json.writeNumberField("ns_inode", device.namespaceInode());
        String name = InterfaceNames.look().find(device.interfaceIndex()).orElse(null);
        if (name != null) {
            json.writeStringField("ifname", name);
        }
        json.writeEndObject();
    }
}
