/** What the running kernel can do, found out by trying. */
package dev.skep.linux.feature;
