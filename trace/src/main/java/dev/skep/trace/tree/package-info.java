/** What a script says, as a tree: plain data with places in the text, before anything is known about types or the machine. */
package dev.skep.trace.tree;
