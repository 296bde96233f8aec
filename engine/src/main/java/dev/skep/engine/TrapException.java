package dev.skep.engine;

import dev.skep.object.Location;
import dev.skep.object.host.Errno;
import dev.skep.object.host.HostException;

/**
 * A program's run ended without an exit: an access outside its memory (checked mode), a used-up instruction budget, an
 * argument a helper cannot work with. The message names program, instruction and source line.
 */
public final class TrapException extends HostException {
    private static final long serialVersionUID = 1;

    private final transient Location where;
    private final String problem;

    /**
     * @param where program, instruction and source line
     * @param problem what it did, without a full stop
     */
    public TrapException(Errno errno, Location where, String problem) {
        super(errno, where + ": " + problem);
        this.where = where;
        this.problem = problem;
    }

    /** The running instruction: {@link Location#source} is the program's name. */
    public Location where() {
        return where;
    }

    /** What it did. */
    public String problem() {
        return problem;
    }
}
