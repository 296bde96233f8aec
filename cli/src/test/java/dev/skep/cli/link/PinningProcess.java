package dev.skep.cli.link;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.link.BpfLink;
import dev.skep.linux.load.LinuxObject;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.file.ObjectReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that attaches the firewall to an interface, pins link and maps, says so, and waits to be killed. */
final class PinningProcess {
    private PinningProcess() {}

    /** @param args an interface, and a folder in a bpf file system */
    public static void main(String[] args) throws Exception {
        byte[] elf = Files.readAllBytes(Path.of("examples/xdp-firewall/firewall.o"));
        LinuxHost host = LinuxHost.open();
        LinuxObject object = host.load(ObjectReader.read(elf, "firewall.o"));
        NetworkPoint.Xdp place = new NetworkPoint.Xdp(args[0], NetworkPoint.Xdp.Mode.GENERIC);
        BpfLink link = (BpfLink) host.attach(object.program("firewall").orElseThrow(), place);
        link.pin(Path.of(args[1], "link"));
        object.map("reasons").orElseThrow().pin(Path.of(args[1], "reasons"));
        System.out.println("pinned");
        Thread.sleep(Long.MAX_VALUE);
    }
}
