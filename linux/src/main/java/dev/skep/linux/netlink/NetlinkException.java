package dev.skep.linux.netlink;

import dev.skep.linux.system.SystemFailure;
import dev.skep.object.host.HostException;

/** The kernel refused a netlink request. The message holds its explanation, if it gave one. */
public final class NetlinkException extends HostException {
    private static final long serialVersionUID = 1;

    private final String explanation;

    NetlinkException(ExtendedAck verdict, String attempted) {
        super(SystemFailure.errno(verdict.result()), message(verdict, attempted));
        this.explanation = verdict.explanation();
    }

    private static String message(ExtendedAck verdict, String attempted) {
        String what = "cannot " + attempted + ": "
                + SystemFailure.errno(verdict.result()).meaning();
        return verdict.explanation().isEmpty() ? what : what + "; " + verdict.explanation();
    }

    /** Why, in the kernel's words ({@code NLMSGERR_ATTR_MSG}); "" if it gave none. */
    public String explanation() {
        return explanation;
    }
}
