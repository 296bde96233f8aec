package dev.skep.verifier;

/**
 * A change that would make the program acceptable.
 *
 * @param place where to change the source
 * @param description what to do, in words
 * @param code the text to insert before that line, or the line as it should be; "" if the change cannot be written as text
 * @param replaces true if {@code code} stands for the line at {@code place}, false if it is inserted before it
 * @param verified true if the same change was applied to the instructions and the program verified again: with this and the other
 *     verified fixes of the rejection it is accepted
 */
public record Fix(Place place, String description, String code, boolean replaces, boolean verified) {
    /** The same, found to help. */
    public Fix asVerified() {
        return new Fix(place, description, code, replaces, true);
    }

    /** The same change said in other words. */
    public Fix described(String newDescription) {
        return new Fix(place, newDescription, code, replaces, verified);
    }

    /** The same change at another place. */
    public Fix at(Place newPlace) {
        return new Fix(newPlace, description, code, replaces, verified);
    }
}
