package dev.skep.cli.run;

import java.util.List;

/** A host with one object loaded, of which one program runs. */
interface RunSession extends AutoCloseable {
    /** Puts what the files say into the maps. */
    void fill(List<MapFile> files);

    /** The program; what it sends to user space is read after each packet. */
    PacketProgram packetProgram();

    /** The declared maps as they are now. */
    List<MapContents> maps();

    /** The global variables as they are now. */
    List<GlobalContents> globals();

    @Override
    void close();
}
