package dev.skep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skep.engine.map.EngineMap;
import dev.skep.object.assembly.Assembler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketWorkersTest {
    private static final int FLOWS = 64;
    private static final int PACKETS = 2000;
    private static final int FLOW = 42;
    private static final int LENGTH = 50;

    /**
     * Each packet says its flow (at 42) and its number in it (at 46): the verdict is how far the number is from the last one seen
     * of the flow. Packets are counted together and for each CPU.
     */
    private static final String IN_ORDER = """
            .map last array key=4 value=8 entries=64
            .map total array key=4 value=8 entries=1
            .map each percpu_array key=4 value=8 entries=1
            .program order xdp
                    r6 = *(u32 *)(r1 + 0)
                    r2 = *(u32 *)(r1 + 4)
                    r3 = r6
                    r3 += 50
                    if r3 > r2 goto short
                    r7 = *(u32 *)(r6 + 42)
                    r8 = *(u32 *)(r6 + 46)
                    *(u32 *)(r10 - 4) = r7
                    r1 = last ll
                    r2 = r10
                    r2 += -4
                    call bpf_map_lookup_elem
                    if r0 == 0 goto short
                    r9 = *(u64 *)(r0 + 0)
                    *(u64 *)(r0 + 0) = r8
                    *(u32 *)(r10 - 4) = 0
                    r1 = total ll
                    r2 = r10
                    r2 += -4
                    call bpf_map_lookup_elem
                    if r0 == 0 goto short
                    r1 = 1
                    lock *(u64 *)(r0 + 0) += r1
                    r1 = each ll
                    r2 = r10
                    r2 += -4
                    call bpf_map_lookup_elem
                    if r0 == 0 goto short
                    r1 = *(u64 *)(r0 + 0)
                    r1 += 1
                    *(u64 *)(r0 + 0) = r1
                    r0 = r8
                    r0 -= r9
                    exit
            short:
                    r0 = 77
                    exit
            """;

    /** A UDP packet of a flow, in one direction or the other. */
    private static byte[] packet(int flow, int number, boolean reply) {
        ByteBuffer packet = ByteBuffer.allocate(LENGTH);
        packet.putShort(12, (short) 0x0800).put(14, (byte) 0x45).put(23, (byte) 17);
        int client = 0x0a00_0000 + flow;
        int server = 0xc0a8_0001;
        packet.putInt(26, reply ? server : client).putInt(30, reply ? client : server);
        packet.putShort(34, (short) (reply ? 53 : 1000 + flow)).putShort(36, (short) (reply ? 1000 + flow : 53));
        packet.order(ByteOrder.LITTLE_ENDIAN).putInt(FLOW, flow).putInt(FLOW + 4, number);
        return packet.array();
    }

    private static List<byte[]> packets() {
        SplittableRandom random = new SplittableRandom(1);
        int[] numbers = new int[FLOWS];
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < PACKETS; i++) {
            int flow = random.nextInt(FLOWS);
            packets.add(packet(flow, ++numbers[flow], random.nextBoolean()));
        }
        return packets;
    }

    private static PacketBatch batch(List<byte[]> packets) {
        PacketBatch batch = new PacketBatch(packets.size(), packets.size() * LENGTH);
        packets.forEach(
                packet -> assertThat(batch.add(packet, 0, packet.length)).isTrue());
        return batch;
    }

    private static long[] numbers(EngineMap map) {
        ByteBuffer value =
                ByteBuffer.wrap(map.lookup(new byte[4]).orElseThrow()).order(ByteOrder.LITTLE_ENDIAN);
        long[] numbers = new long[value.remaining() / 8];
        value.asLongBuffer().get(numbers);
        return numbers;
    }

    private static long sum(EngineMap map) {
        long sum = 0;
        for (long number : numbers(map)) {
            sum += number;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void packetsOfAFlowStayInOrderAndNoneIsLost(int workers) {
        try (EngineHost host = EngineHost.open(EngineOptions.defaults().withCpus(4));
                EngineObject object = host.load(Assembler.object("order.s", IN_ORDER));
                PacketWorkers threads = object.program("order").orElseThrow().openWorkers(workers)) {
            PacketBatch batch = batch(packets());
            for (int round = 1; round <= 3; round++) {
                threads.run(batch);
                assertThat(batch.completed()).isEqualTo(PACKETS);
                for (int i = 0; i < PACKETS; i++) {
                    int number = ByteBuffer.wrap(packets().get(i))
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getInt(FLOW + 4);
                    assertThat(batch.verdict(i)).as("packet %d", i).isLessThanOrEqualTo(1);
                    assertThat(number > 1 || round == 1).isEqualTo(batch.verdict(i) == 1);
                }
            }
            assertThat(numbers(object.map("total").orElseThrow())).containsExactly(3 * PACKETS);
            assertThat(sum(object.map("each").orElseThrow())).isEqualTo(3 * PACKETS);
            long busy = Arrays.stream(numbers(object.map("each").orElseThrow()))
                    .filter(count -> count > 0)
                    .count();
            assertThat(busy).isEqualTo(workers);
        }
    }

    @Test
    void aBatchOnOneRunnerGivesWhatSingleRunsGive() {
        List<byte[]> packets = packets();
        try (EngineHost host = EngineHost.open();
                EngineObject batched = host.load(Assembler.object("order.s", IN_ORDER));
                EngineObject single = host.load(Assembler.object("order.s", IN_ORDER));
                PacketRunner runner = batched.program("order").orElseThrow().openRunner();
                PacketRunner one = single.program("order").orElseThrow().openRunner()) {
            PacketBatch batch = batch(packets);
            runner.run(batch);
            for (int i = 0; i < PACKETS; i++) {
                assertThat(batch.length(i)).isEqualTo(LENGTH);
                assertThat(batch.verdict(i)).isEqualTo((int) one.run(packets.get(i), 0, LENGTH));
            }
        }
    }

    @Test
    void aFullBatchTakesNoMoreAndIsEmptyOnceCleared() {
        PacketBatch batch = new PacketBatch(2, 100);
        assertThat(batch.add(new byte[60], 0, 60)).isTrue();
        assertThat(batch.add(new byte[60], 0, 60)).as("too many bytes").isFalse();
        assertThat(batch.add(new byte[60], 20, 40)).isTrue();
        assertThat(batch.add(new byte[1], 0, 0)).as("too many packets").isFalse();
        assertThat(batch.size()).isEqualTo(2);
        batch.clear();
        assertThat(batch.size()).isZero();
        assertThat(batch.add(new byte[100], 0, 100)).isTrue();
    }

    @Test
    void theEarliestEndedRunIsTold() {
        String source = """
                .program p xdp
                        r1 = *(u32 *)(r1 + 0)
                        r0 = *(u32 *)(r1 + 46)
                again:
                        if r0 == 3 goto again
                        exit
                """;
        try (EngineHost host = EngineHost.open(EngineOptions.defaults()
                        .withTrustedPrograms(true)
                        .withCpus(2)
                        .withInstructionBudget(1000));
                EngineObject object = host.load(Assembler.object("p.s", source));
                PacketWorkers workers = object.program("p").orElseThrow().openWorkers(2)) {
            List<byte[]> packets = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                packets.add(packet(i, i == 7 || i >= 20 ? 3 : 1, false));
            }
            PacketBatch batch = batch(packets);
            assertThatThrownBy(() -> workers.run(batch)).isInstanceOf(TrapException.class);
            assertThat(batch.completed()).isEqualTo(7);
            batch.clear();
            assertThat(batch.completed()).isZero();
            batch.add(packet(1, 1, false), 0, LENGTH);
            workers.run(batch);
            assertThat(batch.completed()).isEqualTo(1);
        }
    }

    @Test
    void moreWorkersThanCpusAreRefused() {
        try (EngineHost host = EngineHost.open();
                EngineObject object = host.load(Assembler.object("order.s", IN_ORDER))) {
            EngineProgram program = object.program("order").orElseThrow();
            assertThatThrownBy(() -> program.openWorkers(2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("workers is 2, not 1 to the engine's 1 CPUs");
        }
    }

    @Test
    void flowsSpreadEvenlyAndBothDirectionsMeet() {
        int[] load = new int[4];
        for (int flow = 0; flow < 4000; flow++) {
            byte[] there = packet(flow, 1, false);
            byte[] back = packet(flow, 1, true);
            int worker = FlowSteering.worker(there, 0, LENGTH, load.length);
            assertThat(FlowSteering.worker(back, 0, LENGTH, load.length)).isEqualTo(worker);
            load[worker]++;
        }
        assertThat(Arrays.stream(load).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(850, 1150));
    }

    @Test
    void fragmentsGoWithTheirFirst() {
        byte[] first = packet(5, 1, false);
        first[20] = 0x20;
        byte[] second = packet(9, 1, false);
        System.arraycopy(first, 26, second, 26, 8);
        second[21] = 100;
        assertThat(FlowSteering.flowHash(first, 0, LENGTH)).isEqualTo(FlowSteering.flowHash(second, 0, LENGTH));
    }

    @Test
    void cutAndTaggedPacketsHaveAFlow() {
        byte[] tagged = new byte[LENGTH + 4];
        byte[] plain = packet(5, 1, false);
        System.arraycopy(plain, 0, tagged, 0, 12);
        tagged[12] = (byte) 0x81;
        System.arraycopy(plain, 12, tagged, 16, LENGTH - 12);
        assertThat(FlowSteering.flowHash(tagged, 0, tagged.length))
                .isEqualTo(FlowSteering.flowHash(plain, 0, LENGTH))
                .isNotZero();
        for (int length = 0; length <= LENGTH; length++) {
            assertThat(FlowSteering.worker(plain, 0, length, 8)).isBetween(0, 7);
        }
    }
}
