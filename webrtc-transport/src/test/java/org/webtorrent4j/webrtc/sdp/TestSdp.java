package org.webtorrent4j.webrtc.sdp;

/** Descriptions that pass every check, and carry a name by which tests know them. */
public final class TestSdp {
  private TestSdp() {}

  /**
   * A description.
   *
   * @param candidates addresses, as many as there are
   */
  public static String of(String name, String... candidates) {
    StringBuilder sdp = new StringBuilder(512);
    sdp.append("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=").append(name).append("\r\nt=0 0\r\n");
    sdp.append("m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n");
    sdp.append("a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuv\r\n");
    sdp.append("a=fingerprint:sha-256 ").append("AB:".repeat(31)).append("AB\r\n");
    sdp.append("a=setup:actpass\r\na=mid:0\r\na=sctp-port:5000\r\n");
    for (String candidate : candidates) {
      sdp.append("a=candidate:1 1 udp 2122260223 ").append(candidate);
      sdp.append(" 4000 typ host generation 0\r\n");
    }
    return sdp.toString();
  }

  /** The name in a description. */
  public static String name(String sdp) {
    return sdp.lines().filter(line -> line.startsWith("s=")).findFirst().orElse("s=").substring(2);
  }
}
