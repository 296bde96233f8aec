package dev.skep.engine.helper;

import dev.skep.engine.Execution;
import dev.skep.engine.context.Redirect;
import dev.skep.engine.context.XdpContext;
import dev.skep.engine.map.EngineMap;
import dev.skep.object.host.Errno;
import dev.skep.object.map.MapType;

/** Helpers that say where the packet shall go. They only note it; it counts if the program then returns the redirect action. */
final class RedirectHelpers {
    private static final long XDP_ABORTED = 0;
    private static final long XDP_REDIRECT = 4;
    private static final long TC_ACT_SHOT = 2;
    private static final long TC_ACT_REDIRECT = 7;
    private static final long INGRESS = 1;

    // Flags of bpf_redirect_map, linux/bpf.h.
    private static final long ACTION = 3;
    private static final long BROADCAST = 1 << 3;
    private static final long EXCLUDE_INGRESS = 1 << 4;

    private RedirectHelpers() {}

    static long redirect(Execution run, long interfaceIndex, long flags, long r3, long r4, long r5) {
        boolean xdp = run.packet() instanceof XdpContext;
        if ((xdp && flags != 0) || (flags & ~INGRESS) != 0) {
            return xdp ? XDP_ABORTED : TC_ACT_SHOT;
        }
        run.packet().redirectTo(new Redirect.ToInterface((int) interfaceIndex, flags));
        return xdp ? XDP_REDIRECT : TC_ACT_REDIRECT;
    }

    /** @param flags what to return if there is no such entry in the lowest two bits; device maps take more */
    static long redirectMap(Execution run, long map, long index, long flags, long r4, long r5) {
        EngineMap table = run.map(map);
        MapType type = table.spec().type();
        boolean devices = type == MapType.DEVMAP || type == MapType.DEVMAP_HASH;
        long known = devices ? ACTION | BROADCAST | EXCLUDE_INGRESS : ACTION;
        if (!devices && type != MapType.CPUMAP && type != MapType.XSKMAP) {
            throw run.trap("bpf_redirect_map cannot redirect to " + table);
        }
        if ((flags & ~known) != 0) {
            return XDP_ABORTED;
        }
        long key = run.scratch();
        run.sandbox().putInt(key, (int) index);
        long entry = (flags & BROADCAST) != 0 ? 0 : table.lookupElement(key, run.cpu());
        if (entry == 0 && (flags & BROADCAST) == 0) {
            return flags & ACTION;
        }
        long target = entry == 0 ? 0 : run.sandbox().getInt(entry) & 0xffff_ffffL;
        run.packet().redirectTo(new Redirect.ToMap(table.spec().name(), index & 0xffff_ffffL, target, flags));
        return XDP_REDIRECT;
    }

    static long redirectPeer(Execution run, long interfaceIndex, long flags, long r3, long r4, long r5) {
        if (flags != 0) {
            return TC_ACT_SHOT;
        }
        run.packet().redirectTo(new Redirect.ToPeer((int) interfaceIndex));
        return TC_ACT_REDIRECT;
    }

    static long redirectNeighbor(Execution run, long interfaceIndex, long params, long length, long flags, long r5) {
        if (flags != 0) {
            return TC_ACT_SHOT;
        }
        run.packet().redirectTo(new Redirect.ToNeighbor((int) interfaceIndex));
        return TC_ACT_REDIRECT;
    }

    static long cloneRedirect(Execution run, long r1, long interfaceIndex, long flags, long r4, long r5) {
        if ((flags & ~INGRESS) != 0) {
            return Errno.EINVAL.negated();
        }
        run.socketBuffer().cloneTo((int) interfaceIndex, flags);
        return 0;
    }
}
