/** Attaching programs: one file for each kind of link. */
package dev.skep.linux.link;
