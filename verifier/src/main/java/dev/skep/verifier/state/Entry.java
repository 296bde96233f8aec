package dev.skep.verifier.state;

import dev.skep.verifier.scalar.Range;
import java.util.Optional;

/**
 * How a frame was entered.
 *
 * @param function index of the function in the program
 * @param callSite slot of the call that entered it, -1 for the program itself, for global functions verified on their own and for
 *     asynchronous callbacks
 * @param callback what called it back, if something did
 * @param serial tells runs of an asynchronous callback apart, 0 for everything else
 */
public record Entry(int function, int callSite, Optional<Callback> callback, int serial) {

    /**
     * @param synchronous runs before the call returns, rather than some time later (timers, work queues)
     * @param name of the helper or kernel function that calls back, for messages
     * @param returns what it may return
     * @param exception it is the program's exception callback
     */
    public record Callback(boolean synchronous, String name, Range returns, boolean exception) {}

    /** The program itself, or a function verified on its own. */
    public static Entry top(int function) {
        return new Entry(function, -1, Optional.empty(), 0);
    }

    /** The function that is called when the program throws; it returns what the program may. */
    public static Entry exceptionCallback(int function) {
        Callback callback = new Callback(false, "bpf_throw", Range.UNKNOWN, true);
        return new Entry(function, -1, Optional.of(callback), 0);
    }

    public boolean isSynchronousCallback() {
        return callback.isPresent() && callback.get().synchronous();
    }

    public boolean isAsynchronousCallback() {
        return callback.isPresent()
                && !callback.get().synchronous()
                && !callback.get().exception();
    }

    public boolean isExceptionCallback() {
        return callback.isPresent() && callback.get().exception();
    }
}
