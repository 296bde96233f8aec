/** What a script's values look like when they are shown: as bpftrace's text, or as its JSON, a document in each line. */
package dev.skep.trace.print;
