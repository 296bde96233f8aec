package dev.skep.engine.counterexample;

import dev.skep.engine.TrapException;
import dev.skep.object.BpfObject;
import dev.skep.object.Bytes;
import dev.skep.object.btf.BtfType;
import dev.skep.object.image.ProgramImage;
import dev.skep.object.map.MapSpec;
import dev.skep.object.program.FunctionSpec;
import dev.skep.verifier.Counterexample;
import dev.skep.verifier.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells of a run that went wrong in the program's own terms. */
final class Findings {
    private final BpfObject object;
    private final ProgramImage image;
    private final RunInput blank;
    private final boolean hasPacket;

    /** @param blank the input with nothing in it */
    Findings(BpfObject object, ProgramImage image, RunInput blank, boolean hasPacket) {
        this.object = object;
        this.image = image;
        this.blank = blank;
        this.hasPacket = hasPacket;
    }

    Counterexample of(Trial trial) {
        RunInput input = trial.input();
        TrapException trap = trial.trap().orElseThrow();
        boolean contextMatters = !input.context().equals(blank.context());
        return new Counterexample(
                hasPacket ? Optional.of(input.packet()) : Optional.empty(),
                contextMatters ? input.context() : Bytes.EMPTY,
                input.entries().entrySet().stream()
                        .map(entry -> new Counterexample.Entry(
                                entry.getKey().map(), entry.getKey().key(), entry.getValue()))
                        .toList(),
                variables(input),
                input.results().entrySet().stream()
                        .map(result -> new Counterexample.Result(
                                result.getKey().helper().functionName(),
                                place(result.getKey().slot()),
                                result.getValue()))
                        .toList(),
                trap.problem(),
                place(trap.where().instruction()));
    }

    private List<Counterexample.Variable> variables(RunInput input) {
        List<Counterexample.Variable> variables = new ArrayList<>();
        for (MapSpec map : object.maps()) {
            Bytes now = input.globals().getOrDefault(map.name(), Bytes.EMPTY);
            Bytes start = blank.globals().getOrDefault(map.name(), Bytes.EMPTY);
            if (!now.equals(start)) {
                changed(map, now, start, variables);
            }
        }
        return variables;
    }

    private void changed(MapSpec map, Bytes now, Bytes start, List<Counterexample.Variable> variables) {
        int before = variables.size();
        if (object.btf().type(map.dataSection()) instanceof BtfType.DataSection section) {
            for (BtfType.SectionVariable place : section.variables()) {
                boolean inside = place.offset() >= 0 && place.offset() + (long) place.size() <= now.length();
                if (inside && object.btf().type(place.type()) instanceof BtfType.Variable variable) {
                    Bytes value = now.slice(place.offset(), place.size());
                    if (!value.equals(start.slice(place.offset(), place.size()))) {
                        variables.add(new Counterexample.Variable(variable.name(), map.name(), place.offset(), value));
                    }
                }
            }
        }
        if (variables.size() == before) {
            variables.add(new Counterexample.Variable(map.name(), map.name(), 0, now));
        }
    }

    private Place place(int slot) {
        String function = image.functions().stream()
                .filter(start -> start.slot() <= slot)
                .reduce((first, second) -> second)
                .map(ProgramImage.FunctionStart::name)
                .orElse("");
        int start = image.functions().stream()
                .mapToInt(ProgramImage.FunctionStart::slot)
                .filter(s -> s <= slot)
                .max()
                .orElse(0);
        return image.lines().stream()
                .filter(line -> line.slot() >= start && line.slot() <= slot)
                .reduce((first, second) -> second)
                .map(line -> at(slot, function, line))
                .orElseGet(() -> Place.at(slot, function));
    }

    private static Place at(int slot, String function, FunctionSpec.Line line) {
        return new Place(slot, function, line.file(), line.line(), line.column(), line.text());
    }
}
