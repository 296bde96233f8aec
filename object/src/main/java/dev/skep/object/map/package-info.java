/** What a file says about maps, and the kinds of map there are. */
package dev.skep.object.map;
