/** Maps in the kernel. */
package dev.skep.linux.map;
