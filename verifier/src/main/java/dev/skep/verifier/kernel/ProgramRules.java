package dev.skep.verifier.kernel;

import java.util.Set;

/**
 * What programs of one type may do, beyond helpers and context.
 *
 * @param packetAccess direct access to the packet
 * @param permissions what else is allowed
 */
public record ProgramRules(PacketAccess packetAccess, Set<ProgramPermission> permissions) {
    public ProgramRules {
        permissions = Set.copyOf(permissions);
    }

    /** Whether this is allowed. */
    public boolean may(ProgramPermission permission) {
        return permissions.contains(permission);
    }
}
