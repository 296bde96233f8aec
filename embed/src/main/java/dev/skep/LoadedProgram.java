package dev.skep;

import dev.skep.object.Bytes;
import dev.skep.object.host.Program;

/** A program of a class, loaded. */
public record LoadedProgram(Program program) {
    /**
     * Runs it on a packet.
     *
     * @param packet an Ethernet frame, for types of programs that look at packets; the kernel wants 14 bytes at least
     * @return what it returned, and the packet as it left it
     * @throws dev.skep.object.host.HostException if programs of this type cannot be run so
     */
    public Program.Outcome run(byte[] packet) {
        return program.run(Program.Input.packet(packet));
    }

    /** Runs it on a context structure, for types of programs that look at no packet. @param context as the kernel lays it out */
    public Program.Outcome runWithContext(byte[] context) {
        return program.run(new Program.Input(Bytes.EMPTY, Bytes.of(context)));
    }
}
