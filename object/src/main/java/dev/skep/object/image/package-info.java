/** Putting a program together: CO-RE applied, called functions appended, calls resolved. */
package dev.skep.object.image;
