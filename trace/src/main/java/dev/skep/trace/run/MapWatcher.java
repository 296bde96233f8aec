package dev.skep.trace.run;

import java.util.function.Supplier;

/** Looks at a script's maps while it runs. Called from the thread that runs it. */
@FunctionalInterface
public interface MapWatcher {
    /** Called again and again, several times a second or more often. @param maps reads them, which takes a while */
    void turn(Supplier<WatchedMaps> maps);

    /** Called when the script has ended, before its maps are printed. */
    default void ends(Supplier<WatchedMaps> maps) {
        turn(maps);
    }
}
