package dev.skep.trace.record;

import dev.skep.trace.system.Binaries;
import dev.skep.trace.system.Binaries.UsdtArgument;
import dev.skep.trace.system.Binaries.UsdtPlace;

/** How static probes of programs are written. */
final class StaticProbeCode {
    private StaticProbeCode() {}

    static void pack(Binaries.UsdtSite site, Packer out) {
        out.text(site.provider())
                .text(site.name())
                .number(site.address())
                .number(site.offset())
                .number(site.semaphore())
                .list(site.arguments(), argument -> {
                    out.shortNumber(argument.size()).truth(argument.signed());
                    pack(argument.place(), out);
                });
    }

    private static void pack(UsdtPlace place, Packer out) {
        switch (place) {
            case UsdtPlace.Constant(long value) -> out.shortNumber(0).number(value);
            case UsdtPlace.Register(int offset) -> out.shortNumber(1).shortNumber(offset);
            case UsdtPlace.Memory(int base, long displacement) ->
                out.shortNumber(2).shortNumber(base).number(displacement);
            case UsdtPlace.IndexedMemory(int base, int index, int scale, long displacement) ->
                out.shortNumber(3)
                        .shortNumber(base)
                        .shortNumber(index)
                        .shortNumber(scale)
                        .number(displacement);
        }
    }

    static Binaries.UsdtSite unpack(Unpacker in) {
        return new Binaries.UsdtSite(
                in.text(),
                in.text(),
                in.number(),
                in.number(),
                in.number(),
                in.list(() -> new UsdtArgument(in.shortNumber(), in.truth(), place(in))));
    }

    private static UsdtPlace place(Unpacker in) {
        int kind = in.shortNumber();
        return switch (kind) {
            case 0 -> new UsdtPlace.Constant(in.number());
            case 1 -> new UsdtPlace.Register(in.shortNumber());
            case 2 -> new UsdtPlace.Memory(in.shortNumber(), in.number());
            case 3 -> new UsdtPlace.IndexedMemory(in.shortNumber(), in.shortNumber(), in.shortNumber(), in.number());
            default -> throw in.wrong("an argument of a static probe is in a place of kind " + kind);
        };
    }
}
