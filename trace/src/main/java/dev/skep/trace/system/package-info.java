/** What the passes and the printing ask of the machine that a script is for. Answers are plain data. */
package dev.skep.trace.system;
