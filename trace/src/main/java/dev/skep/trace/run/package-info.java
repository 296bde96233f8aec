/** Running a compiled script: its programs are loaded and attached, their events become output, its maps are printed at the end. */
package dev.skep.trace.run;
