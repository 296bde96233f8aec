/** What a file says about programs and functions, and the kinds of program there are. */
package dev.skep.object.program;
