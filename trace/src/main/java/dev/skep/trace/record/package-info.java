/**
 * Recordings: what a script's probes saw, and what the machine said of itself when the script was compiled, in a file that a script can
 * be run over later and elsewhere. The format is described in docs/recordings.md.
 */
package dev.skep.trace.record;
