/** System calls through the Foreign Function and Memory API, and what every use of them needs: errors, descriptors, memory. */
package dev.skep.linux.system;
