/** What programs look at: packets with their context structures, tasks. */
package dev.skep.engine.context;
