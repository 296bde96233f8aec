package dev.skep.linux.doctor;

/** How bad a finding is. */
public enum Verdict {
    /** All is well. */
    OK,
    /** Something is limited, or may be. */
    WARNING,
    /** Something does not work, and can be put right. */
    PROBLEM
}
