package dev.skep.verifier.value;

/** Nothing was written here, or what was there must not be used any more ({@code NOT_INIT} of the kernel). */
public enum Uninitialized implements Value {
    INSTANCE;

    @Override
    public String toString() {
        return "?";
    }
}
