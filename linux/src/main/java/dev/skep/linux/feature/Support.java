package dev.skep.linux.feature;

/** Whether a kernel has something, as far as this process can tell. */
public sealed interface Support {
    /** It is there. */
    record Available() implements Support {}

    /** It is not there. @param reason what the kernel answered, and what this machine's files say about it */
    record Missing(String reason) implements Support {}

    /** This process cannot find out. @param reason why, for example a missing capability */
    record Unknown(String reason) implements Support {}

    /** It is there. */
    Support AVAILABLE = new Available();

    /** True if it is known to be there. */
    default boolean isAvailable() {
        return this instanceof Available;
    }

    /** The reason why it is missing or unknown; "" if it is there. */
    default String explanation() {
        return switch (this) {
            case Available _ -> "";
            case Missing missing -> missing.reason();
            case Unknown unknown -> unknown.reason();
        };
    }
}
