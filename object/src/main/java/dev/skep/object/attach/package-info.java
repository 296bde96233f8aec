/** Where programs can be attached, as plain data: the same on every machine, whether or not the place exists there. */
package dev.skep.object.attach;
