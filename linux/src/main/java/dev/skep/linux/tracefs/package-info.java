/**
 * The kernel's tracing file system: the ids of tracepoints, the functions that can be probed, events made by writing.
 */
package dev.skep.linux.tracefs;
