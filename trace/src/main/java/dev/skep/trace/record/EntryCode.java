package dev.skep.trace.record;

import dev.skep.trace.print.Symbols;
import dev.skep.trace.system.Binaries;
import dev.skep.trace.system.KernelFunctions;
import dev.skep.trace.system.Tracepoints;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How entries are written: a number for each kind, then its components in order. */
final class EntryCode {
    private EntryCode() {}

    static int kind(Entry entry) {
        return switch (entry) {
            case Entry.Origin _ -> 1;
            case Entry.KernelBtf _ -> 2;
            case Entry.Tracepoint _ -> 3;
            case Entry.RawTracepoint _ -> 4;
            case Entry.KernelFunction _ -> 5;
            case Entry.KernelAddress _ -> 6;
            case Entry.Files _ -> 7;
            case Entry.Mapped _ -> 8;
            case Entry.FileFunction _ -> 9;
            case Entry.FileObject _ -> 10;
            case Entry.StaticProbe _ -> 11;
            case Entry.Iterators _ -> 12;
            case Entry.GroupId _ -> 13;
            case Entry.GroupPaths _ -> 14;
            case Entry.User _ -> 15;
            case Entry.Name _ -> 16;
            case Entry.Start _ -> 17;
            case Entry.Event _ -> 18;
            case Entry.Read _ -> 19;
            case Entry.Call _ -> 20;
            case Entry.Stack _ -> 21;
            case Entry.Exit _ -> 22;
            case Entry.End _ -> 23;
            case Entry.AttachedTogether _ -> 24;
        };
    }

    static byte[] pack(Entry entry) {
        Packer out = new Packer();
        switch (entry) {
            case Entry.Origin it ->
                out.text(it.name())
                        .text(it.script())
                        .texts(it.arguments())
                        .text(it.architecture())
                        .shortNumber(it.possibleCpus())
                        .shortNumber(it.onlineCpus())
                        .number(it.boot())
                        .number(it.monotonic());
            case Entry.Start it -> out.number(it.time());
            case Entry.End it -> out.number(it.happenings()).number(it.lost());
            case Entry.Fact fact -> pack(fact, out);
            case Entry.Happening happening -> pack(happening, out);
        }
        return out.toArray();
    }

    private static void pack(Entry.Happening happening, Packer out) {
        switch (happening) {
            case Entry.Event it -> {
                out.number(it.sequence()).text(it.probe()).shortNumber(it.occurrence());
                out.number(it.time());
                pack(it.task(), out);
                out.number(it.contextAddress()).content(it.context().toArray());
            }
            case Entry.Read it ->
                out.number(it.sequence())
                        .shortNumber(it.helper())
                        .number(it.address())
                        .number(it.result())
                        .content(it.content().toArray());
            case Entry.Call it ->
                out.number(it.sequence()).shortNumber(it.helper()).number(it.result());
            case Entry.Stack it ->
                out.number(it.sequence())
                        .truth(it.user())
                        .number(it.result())
                        .list(it.frames(), frame -> out.number(frame));
            case Entry.Exit it -> out.number(it.sequence());
        }
    }

    private static void pack(Entry.Task task, Packer out) {
        out.number(task.process())
                .number(task.owner())
                .text(task.name())
                .number(task.group())
                .number(task.address())
                .shortNumber(task.cpu());
    }

    private static void pack(Entry.Fact fact, Packer out) {
        switch (fact) {
            case Entry.KernelBtf it -> out.content(it.content().toArray());
            case Entry.Tracepoint it -> pack(it.format(), out);
            case Entry.RawTracepoint it -> out.text(it.event());
            case Entry.KernelFunction it ->
                out.text(it.function().module()).text(it.function().name());
            case Entry.KernelAddress it -> {
                out.text(it.symbol());
                pack(it.address(), out);
            }
            case Entry.Files it -> out.text(it.name()).texts(it.paths());
            case Entry.Mapped it -> out.shortNumber(it.pid()).texts(it.paths());
            case Entry.FileFunction it -> pack(it.symbol(), out.text(it.path()));
            case Entry.FileObject it -> pack(it.symbol(), out.text(it.path()));
            case Entry.StaticProbe it -> StaticProbeCode.pack(it.site(), out.text(it.path()));
            case Entry.Iterators it -> out.texts(it.kinds());
            case Entry.GroupId it -> pack(it.id(), out.text(it.path()));
            case Entry.GroupPaths it -> out.number(it.id()).text(it.filter()).texts(it.paths());
            case Entry.User it -> {
                out.number(it.id()).truth(it.name().isPresent());
                it.name().ifPresent(out::text);
            }
            case Entry.Name it -> pack(it, out);
            case Entry.AttachedTogether it -> out.truth(it.ofKernel()).truth(it.together());
        }
    }

    private static void pack(Entry.Name name, Packer out) {
        out.truth(name.pid().isPresent());
        name.pid().ifPresent(out::shortNumber);
        out.number(name.address()).truth(name.symbol().isPresent());
        name.symbol()
                .ifPresent(symbol ->
                        out.text(symbol.name()).number(symbol.offset()).text(symbol.module()));
    }

    private static void pack(OptionalLong number, Packer out) {
        out.truth(number.isPresent());
        number.ifPresent(out::number);
    }

    private static void pack(Binaries.Symbol symbol, Packer out) {
        out.text(symbol.name()).text(symbol.readable()).number(symbol.address()).number(symbol.size());
    }

    private static void pack(Tracepoints.Format format, Packer out) {
        out.text(format.name().category()).text(format.name().event()).shortNumber(format.id());
        out.list(
                format.fields(),
                field -> out.text(field.type())
                        .text(field.name())
                        .shortNumber(field.elements())
                        .shortNumber(field.offset())
                        .shortNumber(field.size())
                        .truth(field.signed())
                        .shortNumber(field.location().ordinal()));
    }

    /** The entry of a kind; of a kind that is not known, an error. */
    static Entry unpack(int kind, Unpacker in) {
        Entry entry = switch (kind) {
            case 1 ->
                new Entry.Origin(
                        in.text(),
                        in.text(),
                        in.texts(),
                        in.text(),
                        in.shortNumber(),
                        in.shortNumber(),
                        in.number(),
                        in.number());
            case 17 -> new Entry.Start(in.number());
            case 23 -> new Entry.End(in.number(), in.number());
            case 24 -> new Entry.AttachedTogether(in.truth(), in.truth());
            default -> kind < 17 ? fact(kind, in) : happening(kind, in);
        };
        in.end();
        return entry;
    }

    private static Entry happening(int kind, Unpacker in) {
        return switch (kind) {
            case 18 ->
                new Entry.Event(
                        in.number(),
                        in.text(),
                        in.shortNumber(),
                        in.number(),
                        new Entry.Task(in.number(), in.number(), in.text(), in.number(), in.number(), in.shortNumber()),
                        in.number(),
                        in.content());
            case 19 -> new Entry.Read(in.number(), in.shortNumber(), in.number(), in.number(), in.content());
            case 20 -> new Entry.Call(in.number(), in.shortNumber(), in.number());
            case 21 -> new Entry.Stack(in.number(), in.truth(), in.number(), in.list(in::number));
            case 22 -> new Entry.Exit(in.number());
            default -> throw in.wrong("there is no entry of kind " + kind + " in this version of the format");
        };
    }

    private static Entry fact(int kind, Unpacker in) {
        return switch (kind) {
            case 2 -> new Entry.KernelBtf(in.content());
            case 3 -> new Entry.Tracepoint(format(in));
            case 4 -> new Entry.RawTracepoint(in.text());
            case 5 -> new Entry.KernelFunction(new KernelFunctions.Function(in.text(), in.text()));
            case 6 -> new Entry.KernelAddress(in.text(), optionalNumber(in));
            case 7 -> new Entry.Files(in.text(), in.texts());
            case 8 -> new Entry.Mapped(in.shortNumber(), in.texts());
            case 9 -> new Entry.FileFunction(in.text(), symbol(in));
            case 10 -> new Entry.FileObject(in.text(), symbol(in));
            case 11 -> new Entry.StaticProbe(in.text(), StaticProbeCode.unpack(in));
            case 12 -> new Entry.Iterators(in.texts());
            case 13 -> new Entry.GroupId(in.text(), optionalNumber(in));
            case 14 -> new Entry.GroupPaths(in.number(), in.text(), in.texts());
            case 15 -> new Entry.User(in.number(), in.optional(in::text));
            case 16 ->
                new Entry.Name(
                        in.truth() ? OptionalInt.of(in.shortNumber()) : OptionalInt.empty(),
                        in.number(),
                        in.optional(() -> new Symbols.Symbol(in.text(), in.number(), in.text())));
            default -> throw in.wrong("there is no entry of kind " + kind + " in this version of the format");
        };
    }

    private static OptionalLong optionalNumber(Unpacker in) {
        return in.truth() ? OptionalLong.of(in.number()) : OptionalLong.empty();
    }

    private static Binaries.Symbol symbol(Unpacker in) {
        return new Binaries.Symbol(in.text(), in.text(), in.number(), in.number());
    }

    private static Tracepoints.Format format(Unpacker in) {
        Tracepoints.Name name = new Tracepoints.Name(in.text(), in.text());
        return new Tracepoints.Format(
                name,
                in.shortNumber(),
                in.list(() -> new Tracepoints.Field(
                        in.text(),
                        in.text(),
                        in.shortNumber(),
                        in.shortNumber(),
                        in.shortNumber(),
                        in.truth(),
                        location(in))));
    }

    private static Tracepoints.Location location(Unpacker in) {
        int ordinal = in.shortNumber();
        if (ordinal < 0 || ordinal >= Tracepoints.Location.values().length) {
            throw in.wrong("a tracepoint's field is stored in way " + ordinal + ", and there are three");
        }
        return Tracepoints.Location.values()[ordinal];
    }
}
