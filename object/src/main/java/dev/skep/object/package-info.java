/** The BPF object: the plain data that every front end produces and every host consumes. */
package dev.skep.object;
