package dev.skep.cli.link;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skep.linux.info.OffloadDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Shows the network device that a program or map was loaded for. */
public final class BoundDevice {
    /** What stands for this process's network namespace; two are the same if its device and inode are. */
    private static final Path NAMESPACE = Path.of("/proc/self/ns/net");

    private BoundDevice() {}

    /** In words: {@code eth0}, or its number if it is in another network namespace. */
    public static String text(OffloadDevice device) {
        int index = device.interfaceIndex();
        return isHere(device) ? InterfaceNames.look().describe(index) : InterfaceNames.elsewhere(index);
    }

    /** Writes the member {@code dev}, with bpftool's names. */
    public static void write(JsonGenerator json, OffloadDevice device) throws IOException {
        json.writeObjectFieldStart("dev");
        json.writeNumberField("ifindex", device.interfaceIndex());
        json.writeNumberField("ns_dev", device.namespaceDevice());
        json.writeNumberField("ns_inode", device.namespaceInode());
        Optional<String> name = isHere(device) ? InterfaceNames.look().find(device.interfaceIndex()) : Optional.empty();
        if (name.isPresent()) {
            json.writeStringField("ifname", name.get());
        }
        json.writeEndObject();
    }

    /** Numbers of interfaces are a namespace's own: another has a device of the same number and a different name. */
    private static boolean isHere(OffloadDevice device) {
        try {
            return number("unix:dev") == device.namespaceDevice() && number("unix:ino") == device.namespaceInode();
        } catch (IOException e) {
            return false; // without /proc nothing tells; then the number is right and a name may not be
        }
    }

    private static long number(String attribute) throws IOException {
        return (long) Files.getAttribute(NAMESPACE, attribute);
    }
}
