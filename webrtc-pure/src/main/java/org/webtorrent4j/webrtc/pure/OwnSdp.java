package org.webtorrent4j.webrtc.pure;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.StringJoiner;
import org.webtorrent4j.rtc.dtls.Fingerprint;
import org.webtorrent4j.rtc.ice.IceCandidate;
import org.webtorrent4j.rtc.ice.IceCredentials;

/**
 * Writes our session descriptions, RFC 8866 and 8841. The order of the lines, and that all of them
 * are there, is what browsers were seen to need.
 *
 * @param session a number that no other description of ours has
 * @param setup who begins DTLS: {@code actpass}, {@code active} or {@code passive}
 * @param mid what the only section is called; in an answer as in the offer
 */
record OwnSdp(
    long session,
    IceCredentials credentials,
    Fingerprint fingerprint,
    String setup,
    String mid,
    List<InetSocketAddress> addresses) {
  /** Bytes of a message that we take. */
  static final int MAX_MESSAGE = 1 << 18;

  static final int SCTP_PORT = 5000;

  private static final int BEST_PREFERENCE = 65_535;

  OwnSdp {
    addresses = List.copyOf(addresses);
  }

  String write() {
    StringJoiner text = new StringJoiner("\r\n", "", "\r\n");
    text.add("v=0");
    text.add("o=- " + session + " 2 IN IP4 127.0.0.1");
    text.add("s=-");
    text.add("t=0 0");
    if (!mid.isEmpty()) {
      text.add("a=group:BUNDLE " + mid);
    }
    text.add("m=application 9 UDP/DTLS/SCTP webrtc-datachannel");
    text.add("c=IN IP4 0.0.0.0");
    for (int i = 0; i < addresses.size(); i++) {
      text.add(candidate(i, addresses.get(i)));
    }
    text.add("a=end-of-candidates");
    text.add("a=ice-ufrag:" + credentials.ufrag());
    text.add("a=ice-pwd:" + credentials.password());
    text.add("a=ice-options:ice2");
    text.add("a=fingerprint:" + fingerprint);
    text.add("a=setup:" + setup);
    if (!mid.isEmpty()) {
      text.add("a=mid:" + mid);
    }
    text.add("a=sctp-port:" + SCTP_PORT);
    text.add("a=max-message-size:" + MAX_MESSAGE);
    return text.toString();
  }

  private static String candidate(int index, InetSocketAddress address) {
    int under = address.getAddress() instanceof Inet6Address ? 2 * index : 2 * index + 1;
    long priority = IceCandidate.Type.HOST.priority(BEST_PREFERENCE - under);
    return "a=candidate:%d 1 udp %d %s %d typ host"
        .formatted(index + 1, priority, address.getAddress().getHostAddress(), address.getPort());
  }
}
