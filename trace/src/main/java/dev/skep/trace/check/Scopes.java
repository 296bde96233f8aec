package dev.skep.trace.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The variables that are visible at a place of a program, the innermost block last. */
final class Scopes {
    /** A block, or the body of a loop over a map, which is a function of its own. */
    private record Scope(boolean isFunction, Map<String, Local> locals) {}

    private final List<Scope> scopes = new ArrayList<>();
    private int loops;
    private int unrolled;

    Scopes() {
        enter(true);
    }

    void enter(boolean isFunction) {
        scopes.add(new Scope(isFunction, new HashMap<>()));
    }

    void leave() {
        scopes.removeLast();
    }

    void enterLoop() {
        loops++;
    }

    void leaveLoop() {
        loops--;
    }

    void enterUnrolled() {
        unrolled++;
    }

    void leaveUnrolled() {
        unrolled--;
    }

    /** Whether this is done several times: in a loop that can be left, or unrolled. */
    boolean isRepeated() {
        return loops + unrolled > 0;
    }

    /** Whether this is the body of a loop. */
    boolean isInLoop() {
        return loops > 0;
    }

    /** The variable of a name, without using it. */
    Optional<Local> visible(String name) {
        return scopes.reversed().stream()
                .map(scope -> Optional.ofNullable(scope.locals().get(name)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    void declare(Local local) {
        scopes.getLast().locals().put(local.name(), local);
    }

    /** The variable of a name; one of a function further out is shared from then on. */
    Optional<Local> find(String name) {
        boolean outside = false;
        for (Scope scope : scopes.reversed()) {
            Local found = scope.locals().get(name);
            if (found != null) {
                if (outside) {
                    found.share();
                }
                return Optional.of(found);
            }
            outside |= scope.isFunction();
        }
        return Optional.empty();
    }
}
