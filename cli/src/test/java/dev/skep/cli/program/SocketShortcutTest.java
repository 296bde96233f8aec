package dev.skep.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skep.cli.input.InputFile;
import dev.skep.linux.LinuxHost;
import dev.skep.linux.link.Attacher;
import dev.skep.linux.link.LiveAttachment;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.machine.MachineFiles;
import dev.skep.linux.machine.MountTable;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.testkit.NeedsBpf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The example with a map of sockets, live. */
@NeedsBpf
class SocketShortcutTest {
    private static final int MESSAGES = 10;

    private static int shortcuts(LinuxObject object) {
        byte[] globals = object.map(".bss").orElseThrow().lookup(new byte[4]).orElseThrow();
        return ByteBuffer.wrap(globals).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    @Test
    void whatOneEndSendsIsHandedToTheOther() throws IOException {
        Optional<String> group = MountTable.of(MachineFiles.OF_THIS_MACHINE).find("cgroup2");
        Assumptions.assumeTrue(group.isPresent(), "cgroup2 is not mounted");
        InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(any);
                LinuxHost host = LinuxHost.open();
                LinuxObject object = load(host, ((InetSocketAddress) server.getLocalAddress()).getPort());
                LiveAttachment established = Attacher.attach(
                        object.program("established").orElseThrow(), NetworkPoint.Cgroup.at(group.get()));
                LiveAttachment message = Attacher.attach(
                        object.program("message").orElseThrow(),
                        NetworkPoint.SocketMap.of(object.map("ends").orElseThrow()));
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept()) {
            assertThat(List.of(established.name(), message.name())).containsExactly("established", "message");
            for (int i = 0; i < MESSAGES; i++) {
                client.write(ByteBuffer.wrap(new byte[] {(byte) i}));
                ByteBuffer received = ByteBuffer.allocate(1);
                accepted.read(received);
                assertThat(received.get(0)).isEqualTo((byte) i);
            }
            assertThat(shortcuts(object)).isEqualTo(MESSAGES);
        }
    }

    /** For connections to a port only, so that others on this machine are left alone. */
    private static LinuxObject load(LinuxHost host, int port) throws IOException {
        byte[] number = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(port)
                .array();
        return host.open(ProgramFile.read(new InputFile("examples/java/SocketShortcut.java")))
                .global("only", number)
                .load();
    }
}
