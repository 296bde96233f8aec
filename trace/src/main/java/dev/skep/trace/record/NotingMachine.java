package dev.skep.trace.record;

import dev.skep.trace.system.Machine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A machine's users and control groups, of which is noted what they are called.
 *
 * @param machine the machine
 * @param notes gets the answers
 */
public record NotingMachine(Machine machine, Consumer<Entry.Fact> notes) implements Machine {
    @Override
    public int possibleCpus() {
        return machine.possibleCpus();
    }

    @Override
    public int onlineCpus() {
        return machine.onlineCpus();
    }

    @Override
    public String architecture() {
        return machine.architecture();
    }

    @Override
    public Optional<String> userName(long id) {
        Optional<String> name = machine.userName(id);
        notes.accept(new Entry.User(id, name));
        return name;
    }

    @Override
    public OptionalLong cgroupId(String path) {
        OptionalLong id = machine.cgroupId(path);
        notes.accept(new Entry.GroupId(path, id));
        return id;
    }

    @Override
    public List<String> cgroupPaths(long id, String filter) {
        List<String> paths = machine.cgroupPaths(id, filter);
        notes.accept(new Entry.GroupPaths(id, filter, paths));
        return paths;
    }

    @Override
    public Optional<String> systemCall(int number) {
        return machine.systemCall(number);
    }

    @Override
    public List<String> iterators() {
        List<String> kinds = machine.iterators();
        notes.accept(new Entry.Iterators(kinds));
        return kinds;
    }
}
