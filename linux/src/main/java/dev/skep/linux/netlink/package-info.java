/**
 * Netlink: talking to the kernel's network stack about interfaces, filters and routes (linux/netlink.h,
 * linux/rtnetlink.h).
 */
package dev.skep.linux.netlink;
