/** What a script means on a machine: its probes, the types of its values and maps; and what is wrong with it. */
package dev.skep.trace.check;
