/** Headers of network protocols as structs. Numbers read in host byte order. */
package dev.skep.lang.net;
