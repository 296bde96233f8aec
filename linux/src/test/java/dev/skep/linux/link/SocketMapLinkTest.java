package dev.skep.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.attach.NetworkPoint;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;
import dev.skep.object.map.MapSpec;
import dev.skep.object.map.MapType;
import dev.skep.object.program.AttachType;
import dev.skep.object.program.ProgramType;
import dev.skep.testkit.KernelFeature;
import dev.skep.testkit.NeedsBpf;
import dev.skep.testkit.NeedsKernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs for the sockets in a map. */
@NeedsBpf
@Tag("vm")
class SocketMapLinkTest {
    private static final String PASS = "r0 = 1"; // SK_PASS, enum sk_action of linux/bpf.h
    private static final String WHOLE = "r0 = *(u32 *)(r6 + 0)"; // a message is all there is: skb->len

    private LinuxMap map;

    @BeforeEach
    void create() {
        map = VerdictProgram.createMap(MapSpec.of("sockets", MapType.SOCKMAP, 4, 8, 4));
    }

    @AfterEach
    void close() {
        map.close();
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(ProgramType.SK_MSG, AttachType.SK_MSG_VERDICT),
                Arguments.of(ProgramType.SK_SKB, AttachType.SK_SKB_STREAM_VERDICT));
    }

    /** A fresh connection, its accepted end put into the map, and a byte each way: sockets take a map's programs on entry. */
    private void converse() {
        InetSocketAddress any = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(any);
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept()) {
            byte[] value = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(SocketDescriptors.of(accepted))
                    .array();
            map.update(new byte[4], value);
            accepted.write(ByteBuffer.wrap(new byte[] {1}));
            client.read(ByteBuffer.allocate(1));
            client.write(ByteBuffer.wrap(new byte[] {2}));
            accepted.read(ByteBuffer.allocate(1));
            map.delete(new byte[4]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NetworkPoint.SocketMap point() {
        return NetworkPoint.SocketMap.of(map);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @NeedsKernel(feature = KernelFeature.SOCKMAP_LINK)
    void aLinkKeepsTheContract(ProgramType type, AttachType attachType) {
        contract(type, attachType, PASS, program -> Attacher.attach(program, point()))
                .holdsForLinks();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theOlderWayKeepsTheContract(ProgramType type, AttachType attachType) {
        contract(type, attachType, PASS, program -> SocketMapAttachment.attachWithoutLink(program, point()))
                .holdsWithoutLinks();
    }

    @Test
    @NeedsKernel(feature = {KernelFeature.SOCKMAP_LINK, KernelFeature.SK_SKB_VERDICT})
    void aLinkOfAPlainVerdictKeepsTheContract() {
        aLinkKeepsTheContract(ProgramType.SK_SKB, AttachType.SK_SKB_VERDICT);
    }

    @Test
    @NeedsKernel(feature = KernelFeature.SK_SKB_VERDICT)
    void theOlderWayForAPlainVerdictKeepsTheContract() {
        theOlderWayKeepsTheContract(ProgramType.SK_SKB, AttachType.SK_SKB_VERDICT);
    }

    @Test
    @NeedsKernel(feature = KernelFeature.SOCKMAP_LINK)
    void aParserBesideAVerdictKeepsTheContract() {
        try (VerdictProgram verdict =
                        VerdictProgram.of(ProgramType.SK_SKB, Optional.of(AttachType.SK_SKB_STREAM_VERDICT), PASS);
                LinuxLink _ = Attacher.attach(verdict.program(), point())) {
            contract(
                            ProgramType.SK_SKB,
                            AttachType.SK_SKB_STREAM_PARSER,
                            WHOLE,
                            program -> Attacher.attach(program, point()))
                    .holdsForLinks();
        }
    }

    private NetworkLinkContract contract(
            ProgramType type, AttachType attachType, String verdict, Function<LinuxProgram, LinuxLink> attach) {
        return new NetworkLinkContract(
                () -> VerdictProgram.of(type, Optional.of(attachType), verdict), attach, this::converse);
    }

    @Test
    @NeedsKernel(feature = KernelFeature.SOCKMAP_QUERY)
    void aSecondProgramOfAKindIsRefused() {
        try (VerdictProgram one = VerdictProgram.of(ProgramType.SK_MSG, Optional.of(AttachType.SK_MSG_VERDICT), PASS);
                VerdictProgram two =
                        VerdictProgram.of(ProgramType.SK_MSG, Optional.of(AttachType.SK_MSG_VERDICT), PASS);
                LinuxLink _ = Attacher.attach(one.program(), point())) {
            assertThatThrownBy(() -> Attacher.attach(two.program(), point()))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY))
                    .hasMessageContaining("attached to the map already");
            assertThatThrownBy(() -> SocketMapAttachment.attachWithoutLink(two.program(), point()))
                    .isInstanceOfSatisfying(
                            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));
        }
    }

    @Test
    void aMapOfAnotherTypeIsRefused() {
        try (LinuxMap numbers = VerdictProgram.createMap(MapSpec.of("numbers", MapType.ARRAY, 4, 8, 4));
                VerdictProgram one =
                        VerdictProgram.of(ProgramType.SK_MSG, Optional.of(AttachType.SK_MSG_VERDICT), PASS)) {
            assertThatThrownBy(() -> Attacher.attach(one.program(), NetworkPoint.SocketMap.of(numbers)))
                    .hasMessageContaining("map numbers is of type ARRAY: it must be SOCKMAP or SOCKHASH");
        }
    }

    @Test
    void aProgramForParserAndVerdictMustBeToldWhich() {
        try (VerdictProgram program = VerdictProgram.of(ProgramType.SK_SKB, Optional.empty(), PASS)) {
            assertThatThrownBy(() -> Attacher.attach(program.program(), point()))
                    .hasMessageContaining("does not say whether it is a parser or a verdict");
            try (LinuxLink _ = Attacher.attach(
                    program.program(),
                    new NetworkPoint.SocketMap(map, Optional.of(AttachType.SK_SKB_STREAM_VERDICT)))) {
                converse();
                assertThat(program.runs()).isPositive();
            }
        }
    }
}
