package dev.skep.engine.capture;

/**
 * The network interface packets were captured on, as far as the file tells.
 *
 * @param linkType what packets start with
 * @param snapLength the most bytes kept of a packet; 0 if not limited
 * @param name for example {@code eth0}; "" if the file does not say (pcap never does)
 */
public record CaptureInterface(LinkType linkType, int snapLength, String name) {
    /** An interface without a name whose packets are kept whole. */
    public static CaptureInterface of(LinkType linkType) {
        return new CaptureInterface(linkType, 0, "");
    }
}
