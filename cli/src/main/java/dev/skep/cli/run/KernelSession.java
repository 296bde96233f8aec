package dev.skep.cli.run;

import dev.skep.linux.LinuxHost;
import dev.skep.linux.event.PerfBuffer;
import dev.skep.linux.event.RingBuffer;
import dev.skep.linux.load.LinuxObject;
import dev.skep.linux.load.OpenObject;
import dev.skep.linux.machine.PossibleCpus;
import dev.skep.linux.map.LinuxMap;
import dev.skep.linux.program.LinuxProgram;
import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.btf.Btf;
import dev.skep.object.host.EventStream;
import dev.skep.object.host.Program;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object loaded into the running kernel, of which one program runs: on packets of a capture by test runs, or live. */
final class KernelSession implements RunSession {
    private final LinuxObject loaded;
    private final LinuxProgram program;
    private final Events events;

    private KernelSession(LinuxObject loaded, LinuxProgram program) {
        this.loaded = loaded;
        this.program = program;
        this.events = new Events(streams(loaded));
    }

    /**
     * Loads the program, with those that it may reach by tail calls.
     *
     * @param types what CO-RE goes by in place of the running kernel's types
     * @throws dev.skep.object.InputException if the object cannot be loaded
     * @throws dev.skep.object.host.HostException if the kernel refuses it
     */
    static KernelSession load(BpfObject object, ProgramSpec program, Optional<Btf> types) {
        try (LinuxHost host = LinuxHost.open()) {
            OpenObject open = host.open(WantedPrograms.of(object, program));
            types.ifPresent(open::kernelTypes);
            LinuxObject loaded = open.load();
            try {
                return new KernelSession(loaded, loaded.program(program.name()).orElseThrow());
            } catch (RuntimeException e) {
                loaded.close();
                throw e;
            }
        }
    }

    private static Map<String, EventStream> streams(LinuxObject object) {
        Map<String, EventStream> streams = new LinkedHashMap<>();
        for (LinuxMap map : object.maps()) {
            switch (map.spec().type()) {
                case RINGBUF -> streams.put(map.spec().name(), RingBuffer.open(map));
                case PERF_EVENT_ARRAY ->
                    streams.put(map.spec().name(), PerfBuffer.open(map, PerfBuffer.Options.DEFAULT));
                default -> {
                    // Nothing comes through other maps.
                }
            }
        }
        return streams;
    }

    /** The program in the kernel. It belongs to this object. */
    LinuxProgram program() {
        return program;
    }

    /** Reads what the program has sent to user space. */
    void readEvents() {
        events.drain();
    }

    @Override
    public void fill(List<MapFile> files) {
        for (MapFile file : files) {
            file.fill(file.find(loaded.maps()), loaded.spec().btf(), PossibleCpus.count());
        }
    }

    @Override
    public PacketProgram packetProgram() {
        return new TestRuns();
    }

    /** Runs the program by {@code BPF_PROG_TEST_RUN}. */
    private final class TestRuns implements PacketProgram {
        // linux/if_ether.h, linux/ip.h, linux/ipv6.h
        private static final int ETH_HLEN = 14;
        private static final int ETH_P_IP = 0x0800;
        private static final int ETH_P_IPV6 = 0x86dd;
        private static final int IPV4_HEADER = 20;
        private static final int IPV6_HEADER = 40;

        private Bytes left = Bytes.EMPTY;

        /**
         * What net/bpf/test_run.c takes: an Ethernet header and, for programs that see what follows it, something that follows it,
         * which has to be a whole header if the type is that of IP.
         */
        @Override
        public boolean takes(byte[] buffer, int offset, int length) {
            if (length < ETH_HLEN || program.spec().type() == ProgramType.XDP) {
                return length >= ETH_HLEN;
            }
            int etherType = (buffer[offset + ETH_HLEN - 2] & 0xff) << 8 | (buffer[offset + ETH_HLEN - 1] & 0xff);
            int least = switch (etherType) {
                case ETH_P_IP -> IPV4_HEADER;
                case ETH_P_IPV6 -> IPV6_HEADER;
                default -> 1;
            };
            return length >= ETH_HLEN + least;
        }

        @Override
        public long run(byte[] buffer, int offset, int length) {
            Program.Outcome outcome =
                    program.run(Program.Input.packet(Arrays.copyOfRange(buffer, offset, offset + length)));
            left = outcome.data();
            readEvents();
            return outcome.returnValue();
        }

        @Override
        public int packetLength() {
            return left.length();
        }

        @Override
        public void copyPacket(byte[] target) {
            left.copyTo(target, 0);
        }
    }

    @Override
    public List<MapContents> maps() {
        return loaded.maps().stream()
                .filter(map -> map.spec().role() == MapSpec.Role.DECLARED)
                .map(map -> MapContents.of(
                        map, loaded.spec().btf(), events.of(map.spec().name())))
                .toList();
    }

    @Override
    public List<GlobalContents> globals() {
        return GlobalContents.of(loaded.spec(), loaded);
    }

    @Override
    public void close() {
        events.close();
        loaded.close();
    }
}
