/**
 * Packet captures: streaming readers for pcap and pcapng, and writers for both, in constant memory whatever the file's size.
 *
 * <p>Sources: the IETF drafts draft-ietf-opsawg-pcap (pcap) and draft-ietf-opsawg-pcapng (pcapng), and the registry of link
 * types at tcpdump.org.
 */
package dev.skep.engine.capture;
