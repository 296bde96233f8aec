/**
 * What programs measure with: counters, histograms, limits of rates. All are structs, so they are values of maps or static fields;
 * the same classes show in user space what was measured.
 */
package dev.skep.lang.measure;
