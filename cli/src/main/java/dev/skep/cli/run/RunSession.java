package dev.skep.cli.run;

import java.util.List;
import java.util.Optional;

/** A host with one object loaded, of which one program runs. */
interface RunSession extends AutoCloseable {
    /** Puts what the files say into the maps. */
    void fill(List<MapFile> files);

    /** The program; what it sends to user space is read after each packet. */
    PacketProgram packetProgram();

    /** Several workers that run it on many packets at once, if there are. */
    default Optional<WorkerBatch> workers() {
        return Optional.empty();
    }

    /** The declared maps as they are now. */
    List<MapContents> maps();

    /** The global variables as they are now. */
    List<GlobalContents> globals();

    @Override
    void close();
}
