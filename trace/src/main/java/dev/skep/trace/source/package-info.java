/** Scripts as text: their lines, places in them, and what is said about these. */
package dev.skep.trace.source;
