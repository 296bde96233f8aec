/** A script's maps as metrics: numbers with labels, for systems that collect them. */
package dev.skep.trace.metric;
