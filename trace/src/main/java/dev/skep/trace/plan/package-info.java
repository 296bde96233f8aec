/** What a compiled script needs to be run: its object, where its programs are attached, what its events mean. */
package dev.skep.trace.plan;
