package dev.skep.trace.run;

import dev.skep.trace.plan.Action;
import dev.skep.trace.plan.TracePlan;
import dev.skep.trace.print.Decoder;
import dev.skep.trace.print.Format;
import dev.skep.trace.print.Output;
import dev.skep.trace.print.TextBuffer;
import dev.skep.trace.print.TimeFormat;
import dev.skep.trace.type.TraceType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;

/** Does what events ask for. */
final class Actions implements EventRing.Reader {
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Handler[] handlers;
    private final Output output;
    private final Decoder decoder;
    private final Map<String, MapReader> maps;
    private final TraceHost host;
    private final Complaints complaints;
    private final Commands commands;
    private final LongConsumer exit;
    private int errors;

    /** Does one action. @param at where the event starts */
    private interface Handler {
        void handle(MemorySegment memory, long at, int length);
    }

    /** @param exit gets the code of {@code exit} */
    Actions(
            TracePlan plan,
            Decoder decoder,
            Map<String, MapReader> maps,
            TraceHost host,
            Output output,
            Complaints complaints,
            LongConsumer exit) {
        this.output = output;
        this.decoder = decoder;
        this.maps = maps;
        this.host = host;
        this.complaints = complaints;
        this.commands = new Commands(output, complaints, plan.settings().maxCatBytes());
        this.exit = exit;
        this.handlers = plan.actions().stream().map(this::handler).toArray(Handler[]::new);
    }

    @Override
    public void accept(MemorySegment memory, long offset, int length) {
        handlers[(int) memory.get(I64, offset)].handle(memory, offset, length);
    }

    private Handler handler(Action action) {
        return switch (action) {
            case Action.Print print -> printing(Format.of(print.text(), decoder));
            case Action.Complain complain -> complaining(complain);
            case Action.RunCommand command -> withText(command.command(), commands::run);
            case Action.ShowFile file -> withText(file.path(), commands::show);
            case Action.PrintValue print -> {
                Action.Argument value = print.value();
                yield (memory, at, _) -> output.value(decoder.decode(value.type(), memory, at + value.offset()));
            }
            case Action.PrintMap print ->
                (_, _, _) -> output.map(map(print.map()).asked(print.top(), print.divisor()));
            case Action.ClearMap clear -> (_, _, _) -> map(clear.map()).clear();
            case Action.ZeroMap zero -> (_, _, _) -> map(zero.map()).zero();
            case Action.Exit _ -> (memory, at, _) -> exit.accept(memory.get(I64, at + Long.BYTES));
            case Action.PrintTime time -> {
                TimeFormat format = TimeFormat.of(time.format());
                yield (_, _, _) -> output.text(Output.Kind.TIME, format.format(host.now()));
            }
            case Action.Join join -> (memory, at, _) -> join(join, memory, at);
            case Action.Unwatch _ -> (memory, at, _) -> host.unwatch(memory.get(I64, at + Long.BYTES));
            case Action.WritePacket packet ->
                (memory, at, _) -> host.writePacket(
                        packet.path(),
                        memory.get(I64, at + Long.BYTES),
                        memory.asSlice(at + 20, memory.get(I32, at + 16)));
        };
    }

    /** How many errors the script has told since this was asked last. */
    int takeErrors() {
        int told = errors;
        errors = 0;
        return told;
    }

    private MapReader map(String name) {
        return Objects.requireNonNull(maps.get(name), () -> "no map @" + name);
    }

    private Handler printing(Format format) {
        return (memory, at, _) -> {
            format.append(memory, at, output.beginText());
            output.endText(Output.Kind.PRINTF);
        };
    }

    /** For what takes a text as a whole. */
    private Handler withText(Action.Formatted formatted, TextAction action) {
        Format format = Format.of(formatted, decoder);
        return (memory, at, _) -> {
            TextBuffer text = new TextBuffer();
            format.append(memory, at, text);
            action.take(text.toString());
        };
    }

    private interface TextAction {
        void take(String text);
    }

    private Handler complaining(Action.Complain complain) {
        return withText(complain.text(), text -> {
            errors += complain.kind() == Action.Complaint.ERROR ? 1 : 0;
            if (!output.complained(complain.place(), complain.kind(), text)) {
                complaints.at(complain.place(), complain.kind(), text);
            }
        });
    }

    private void join(Action.Join join, MemorySegment memory, long at) {
        TextBuffer text = output.beginText();
        TraceType type = new TraceType.Text(join.size());
        for (int i = 0; i < join.count(); i++) {
            long start = at + join.offset() + (long) i * join.size();
            if (memory.get(ValueLayout.JAVA_BYTE, start) == 0) {
                break;
            }
            decoder.appendText(type, memory, start, text.append(i == 0 ? "" : join.separator()));
        }
        output.endText(Output.Kind.JOIN);
    }
}
