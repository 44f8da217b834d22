package org.webtorrent4j.webrtc.pure;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.webtorrent4j.rtc.dtls.Fingerprint;
import org.webtorrent4j.rtc.ice.IceCandidate;
import org.webtorrent4j.rtc.ice.IceCredentials;
import org.webtorrent4j.rtc.ice.RemoteIce;
import org.webtorrent4j.webrtc.sdp.RemoteCandidate;
import org.webtorrent4j.webrtc.sdp.RemoteSdp;

/** What a session description says, in the values of the protocols. */
final class RemoteValues {
  private RemoteValues() {}

  /** Those of a hash that is strong enough. */
  static List<Fingerprint> fingerprints(RemoteSdp sdp) {
    return sdp.fingerprints().stream()
        .flatMap(each -> Fingerprint.parse(each.algorithm() + " " + each.value()).stream())
        .toList();
  }

  /** Where the peer says that it can be reached. */
  static List<InetSocketAddress> addresses(RemoteSdp sdp) {
    return sdp.candidates().stream().map(RemoteCandidate::address).toList();
  }

  static RemoteIce ice(RemoteSdp sdp) {
    List<IceCandidate> candidates =
        sdp.candidates().stream().flatMap(each -> candidate(each).stream()).toList();
    return new RemoteIce(new IceCredentials(sdp.userFragment(), sdp.password()), false, candidates);
  }

  private static Optional<IceCandidate> candidate(RemoteCandidate said) {
    return said.priority() == 0
        ? Optional.empty()
        : type(said.type()).map(type -> new IceCandidate(type, said.address(), said.priority()));
  }

  private static Optional<IceCandidate.Type> type(String name) {
    return switch (name) {
      case "host" -> Optional.of(IceCandidate.Type.HOST);
      case "srflx" -> Optional.of(IceCandidate.Type.SERVER_REFLEXIVE);
      case "prflx" -> Optional.of(IceCandidate.Type.PEER_REFLEXIVE);
      case "relay" -> Optional.of(IceCandidate.Type.RELAYED);
      default -> Optional.empty();
    };
  }
}
