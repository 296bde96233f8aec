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
import dev.skep.object.host.BpfMap;
import dev.skep.object.host.EventStream;
import dev.skep.object.host.Program;
import dev.skep.object.program.ProgramSpec;
import dev.skep.object.program.ProgramType;
import java.util.Arrays;
import java.util.Optional;

/** An object loaded into the running kernel, of which one program runs: on packets of a capture by test runs, or live. */
final class KernelSession extends ObjectSession {
    private final LinuxProgram program;

    private KernelSession(LinuxObject loaded, LinuxProgram program) {
        super(loaded, PossibleCpus.count(), KernelSession::stream);
        this.program = program;
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

    private static Optional<EventStream> stream(BpfMap map) {
        return switch (map.spec().type()) {
            case RINGBUF -> Optional.of(RingBuffer.open((LinuxMap) map));
            case PERF_EVENT_ARRAY -> Optional.of(PerfBuffer.open((LinuxMap) map, PerfBuffer.Options.DEFAULT));
            default -> Optional.empty();
        };
    }

    /** The program in the kernel. It belongs to this object. */
    LinuxProgram program() {
        return program;
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
}
