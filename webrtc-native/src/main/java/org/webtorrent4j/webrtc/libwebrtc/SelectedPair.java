package org.webtorrent4j.webrtc.libwebrtc;

import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.webrtc.sdp.IpLiteral;

/** The path that ICE has chosen, as the statistics of a connection tell it. */
final class SelectedPair {
  private SelectedPair() {}

  /** The other end's address; empty if it is not known, or hidden behind a name. */
  static Optional<InetSocketAddress> remoteAddress(RTCStatsReport report) {
    Map<String, RTCStats> stats = report.getStats();
    return stats.values().stream()
        .filter(each -> each.getType() == RTCStatsType.TRANSPORT)
        .findFirst()
        .flatMap(transport -> referred(stats, transport, "selectedCandidatePairId"))
        .flatMap(pair -> referred(stats, pair, "remoteCandidateId"))
        .flatMap(SelectedPair::address);
  }

  private static Optional<RTCStats> referred(
      Map<String, RTCStats> stats, RTCStats from, String attribute) {
    return text(from.getAttributes().get(attribute)).map(stats::get);
  }

  private static Optional<InetSocketAddress> address(RTCStats candidate) {
    Map<String, Object> attributes = candidate.getAttributes();
    return attributes.get("port") instanceof Number port
        ? text(attributes.get("address"))
            .flatMap(IpLiteral::parse)
            .map(address -> new InetSocketAddress(address, port.intValue() & 0xffff))
        : Optional.empty();
  }

  private static Optional<String> text(@Nullable Object value) {
    return Optional.ofNullable(value).map(Object::toString);
  }
}
