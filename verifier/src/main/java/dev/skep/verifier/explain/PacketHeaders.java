package dev.skep.verifier.explain;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fields of the headers that packet programs read: an object's types have only what its maps and functions name, not what
 * local pointers point to. From linux/if_ether.h, if_vlan.h, ip.h, ipv6.h, udp.h, tcp.h, icmp.h.
 */
public final class PacketHeaders {
    private static final Pattern ACCESS = Pattern.compile("([A-Za-z_]\\w*)\\s*->\\s*([A-Za-z_]\\w*)");

    /** A field. @param hint part of the names that variables of such a type often have @param offset in bytes */
    private record Field(String name, String hint, int offset) {}

    private static final List<Field> FIELDS = List.of(
            new Field("h_dest", "eth", 0),
            new Field("h_source", "eth", 6),
            new Field("h_proto", "eth", 12),
            new Field("h_vlan_TCI", "vlan", 0),
            new Field("h_vlan_encapsulated_proto", "vlan", 2),
            new Field("ihl", "ip", 0),
            new Field("tos", "ip", 1),
            new Field("tot_len", "ip", 2),
            new Field("frag_off", "ip", 6),
            new Field("ttl", "ip", 8),
            new Field("protocol", "ip", 9),
            new Field("check", "ip", 10),
            new Field("saddr", "6", 8),
            new Field("saddr", "ip", 12),
            new Field("daddr", "6", 24),
            new Field("daddr", "ip", 16),
            new Field("payload_len", "6", 4),
            new Field("nexthdr", "6", 6),
            new Field("hop_limit", "6", 7),
            new Field("source", "", 0),
            new Field("dest", "", 2),
            new Field("len", "udp", 4),
            new Field("check", "udp", 6),
            new Field("seq", "tcp", 4),
            new Field("ack_seq", "tcp", 8),
            new Field("doff", "tcp", 12),
            new Field("syn", "tcp", 13),
            new Field("ack", "tcp", 13),
            new Field("fin", "tcp", 13),
            new Field("rst", "tcp", 13),
            new Field("window", "tcp", 14),
            new Field("check", "tcp", 16),
            new Field("type", "icmp", 0),
            new Field("code", "icmp", 1),
            new Field("checksum", "icmp", 2));

    private PacketHeaders() {}

    /** A field accessed in a line. @param offset in the header */
    public record Access(String variable, int offset) {}

    /** The first header field that a line accesses at or after a column. @param column 1-based, 0 for the line's start */
    public static Optional<Access> access(String line, int column) {
        Matcher matcher = ACCESS.matcher(line);
        while (matcher.find()) {
            String variable = matcher.group(1);
            Optional<Access> found = field(variable, matcher.group(2)).map(f -> new Access(variable, f.offset()));
            if (found.isPresent() && matcher.end() + 1 >= column) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** By name; where several headers have it, the one that the variable is named after. */
    private static Optional<Field> field(String variable, String name) {
        List<Field> named =
                FIELDS.stream().filter(field -> field.name().equals(name)).toList();
        return named.size() == 1
                ? Optional.of(named.getFirst())
                : named.stream()
                        .filter(field -> variable.contains(field.hint()))
                        .findFirst();
    }
}
