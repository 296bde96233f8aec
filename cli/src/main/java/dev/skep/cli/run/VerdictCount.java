package dev.skep.cli.run;

/** How many packets got a verdict, and how many bytes they had when the program saw them. */
record VerdictCount(Verdict verdict, long packets, long bytes) {}
