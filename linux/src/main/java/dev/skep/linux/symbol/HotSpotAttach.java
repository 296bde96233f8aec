package dev.skep.linux.symbol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks a running HotSpot for something by its attach protocol (src/hotspot/os/posix/attachListener_posix.cpp of OpenJDK): a socket
 * {@code /tmp/.java_pidN}, which the JVM opens when it finds a file {@code .attach_pidN} as it gets SIGQUIT. Only JVMs of our own user are
 * asked, and only those that catch that signal: it would end others.
 */
final class HotSpotAttach {
    private static final String PROTOCOL = "1";
    /** SIGQUIT, 3, in the masks of /proc/PID/status. */
    private static final long CATCHES_QUIT = 1L << (3 - 1);

    private static final int MOST_LOOKS = 60;
    private static final long BETWEEN_LOOKS = 50;
    private static final int MOST_ANSWER = 1 << 20;

    private final int pid;
    private final ProcessStatus status;

    /** @throws IOException if the process has ended */
    HotSpotAttach(int pid) throws IOException {
        this.pid = pid;
        this.status = ProcessStatus.of(pid);
    }

    /**
     * Has the JVM write {@code /tmp/perf-PID.map}: {@code jcmd PID Compiler.perfmap}, which JVMs have since Java 17.
     *
     * @return whether it did
     */
    static boolean writePerfMap(int pid) {
        try {
            return new HotSpotAttach(pid).run("jcmd", "Compiler.perfmap");
        } catch (IOException e) {
            return false; // ended, or it does not answer: its code stays without names
        }
    }

    private boolean run(String command, String argument) throws IOException {
        if (!isOurs() || (status.caught() & CATCHES_QUIT) == 0) {
            return false;
        }
        Path socket = ProcessMaps.root(pid, "/tmp/.java_pid" + status.ownNumber());
        if (!Files.exists(socket)) {
            openSocket(socket);
        }
        return Files.exists(socket) && ask(socket, command, argument).startsWith("0\n");
    }

    /** Whether it runs as the user that we are. */
    private boolean isOurs() throws IOException {
        return status.user()
                == ProcessStatus.of((int) ProcessHandle.current().pid()).user();
    }

    /** The JVM starts to listen. */
    private void openSocket(Path socket) throws IOException {
        Path wish = ProcessMaps.root(pid, "/tmp/.attach_pid" + status.ownNumber());
        Files.createFile(wish);
        try {
            new ProcessBuilder("kill", "-QUIT", Integer.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(1, TimeUnit.SECONDS);
            for (int look = 0; look < MOST_LOOKS && !Files.exists(socket); look++) {
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Files.deleteIfExists(wish);
        }
    }

    /** A command and its three arguments, of which the last two are empty, each with a zero behind it. */
    private static String ask(Path socket, String command, String argument) throws IOException {
        if (Files.readAttributes(socket, PosixFileAttributes.class).isRegularFile()) {
            throw new IOException(socket + " is no socket");
        }
        byte[] question = (String.join("\0", List.of(PROTOCOL, command, argument, "", "")) + "\0")
                .getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            ByteBuffer out = ByteBuffer.wrap(question);
            while (out.hasRemaining()) {
                channel.write(out);
            }
            ByteBuffer in = ByteBuffer.allocate(4096);
            while (answer.size() < MOST_ANSWER && channel.read(in) >= 0) {
                answer.write(in.array(), 0, in.position());
                in.clear();
            }
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
