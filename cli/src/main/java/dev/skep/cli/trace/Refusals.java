package dev.skep.cli.trace;

import dev.skep.linux.load.LoadException;
import dev.skep.object.host.HostException;

/** What the kernel says when it refuses something. */
final class Refusals {
    private Refusals() {}

    /** With the verifier's log, if it was the verifier. */
    static String withLog(HostException refused) {
        return refused instanceof LoadException load
                ? load.getMessage() + "\n" + load.rejection().log().text()
                : String.valueOf(refused.getMessage());
    }
}
