package dev.skep.trace.code;

/** What programs are made for. */
enum Purpose {
    /** To be run on this machine. */
    RUN,
    /** To be run on this machine, and to record what they see. */
    RECORD,
    /** To be run on other machines too. */
    CARRY
}
