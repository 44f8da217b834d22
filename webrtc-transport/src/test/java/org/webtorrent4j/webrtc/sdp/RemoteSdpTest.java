package org.webtorrent4j.webrtc.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteSdpTest {
  private static final String HEAD =
      lines(
          """
          v=0
          o=- 4611330467337340987 2 IN IP4 127.0.0.1
          s=-
          t=0 0
          a=group:BUNDLE 0
          a=extmap-allow-mixed
          a=msid-semantic: WMS
          m=application 9 UDP/DTLS/SCTP webrtc-datachannel
          c=IN IP4 0.0.0.0
          """);
  private static final String TAIL =
      lines(
          """
          a=ice-ufrag:32IE
          a=ice-pwd:LfL6z6qXWRLkw75KoXNGT3Np
          a=ice-options:trickle
          a=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF
          a=setup:actpass
          a=mid:0
          a=sctp-port:5000
          """);
  private static final String GOOD = HEAD + TAIL + "a=max-message-size:262144\r\n";

  private static String lines(String text) {
    return text.replace("\n", "\r\n");
  }

  private static String candidate(String transport, String address, String port) {
    return "a=candidate:1 1 " + transport + " 2113937151 " + address + " " + port + " typ host\r\n";
  }

  @Test
  void whatBrowsersSendIsKeptButForWhatDataChannelsDoNotNeed() throws Exception {
    RemoteSdp sdp = RemoteSdp.parse(GOOD);

    assertEquals(
        GOOD.replace("a=extmap-allow-mixed\r\n", "").replace("a=ice-options:trickle\r\n", ""),
        sdp.text());
    assertEquals(262_144, sdp.maxMessageSize());
    assertEquals(List.of(), sdp.candidates());
  }

  @Test
  void valuesAreThoseOfTheText() throws Exception {
    RemoteSdp sdp = RemoteSdp.parse(HEAD + candidate("udp", "192.0.2.7", "4000") + TAIL);

    assertEquals("32IE", sdp.userFragment());
    assertEquals("LfL6z6qXWRLkw75KoXNGT3Np", sdp.password());
    assertEquals(
        List.of(new Fingerprint("sha-256", "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF")),
        sdp.fingerprints());
    assertEquals(Optional.of(RemoteSdp.Setup.ACTPASS), sdp.setup());
    assertEquals("0", sdp.mid());
    assertEquals(5000, sdp.sctpPort());
    assertEquals(
        List.of(
            new RemoteCandidate(
                "1", 2_113_937_151L, new InetSocketAddress("192.0.2.7", 4000), "host")),
        sdp.candidates());
  }

  @Test
  void whatWasReducedStaysAsItIs() throws Exception {
    RemoteSdp once = RemoteSdp.parse(HEAD + candidate("udp", "192.0.2.7", "4000") + TAIL);

    assertEquals(once, RemoteSdp.parse(once.text()));
  }

  @Test
  void descriptionsOfOldBrowsersHaveTheSameValues() throws Exception {
    RemoteSdp sdp =
        RemoteSdp.parse(
            GOOD.replace("UDP/DTLS/SCTP webrtc-datachannel", "DTLS/SCTP 5000")
                .replace("a=sctp-port:5000", "a=sctpmap:5001 webrtc-datachannel 1024")
                .replace("a=setup:actpass", "a=setup:holdconn")
                .replace("sha-256 00:11", "SHA-256 0a:11"));

    assertEquals(5001, sdp.sctpPort());
    assertEquals(Optional.empty(), sdp.setup());
    assertEquals("sha-256", sdp.fingerprints().get(0).algorithm());
    assertTrue(sdp.fingerprints().get(0).value().startsWith("0A:11"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "::1"})
  void candidatesOnThisMachineAloneAreAnOption(String address) throws Exception {
    String sdp = HEAD + candidate("udp", address, "4000") + TAIL;

    assertEquals(List.of(), RemoteSdp.parse(sdp, false).candidates());
    assertEquals(1, RemoteSdp.parse(sdp, true).candidates().size());
  }

  @Test
  void lineEndsMayBeBare() throws Exception {
    assertEquals(RemoteSdp.parse(GOOD), RemoteSdp.parse(GOOD.replace("\r\n", "\n")));
  }

  @ParameterizedTest
  @CsvSource({
    "udp, 192.0.2.2, 4000, true",
    "UDP, 192.0.2.2, 4000, true",
    "udp, fd00::2, 53611, true",
    "udp, fe80::1, 53611, true",
    "tcp, 192.0.2.2, 4000, false",
    "udp, 11718210-4682-4fc8-ab67-1738641e04d7.local, 4000, false",
    "udp, example.org, 4000, false",
    "udp, 127.0.0.1, 4000, false",
    "udp, ::1, 4000, false",
    "udp, 0.0.0.0, 4000, false",
    "udp, 224.0.0.1, 4000, false",
    "udp, ff02::1, 4000, false",
    "udp, 255.255.255.255, 4000, false",
    "udp, 256.1.1.1, 4000, false",
    "udp, 1.2.3, 4000, false",
    "udp, 1.2.3.4., 4000, false",
    "udp, 1::2::3, 4000, false",
    "udp, fe80::1%eth0, 4000, false",
    "udp, 192.0.2.2, 0, false",
    "udp, 192.0.2.2, 65536, false",
    "udp, 192.0.2.2, x, false",
  })
  void candidatesAreKeptIfTheyCanBeTried(
      String transport, String address, String port, boolean isKept) throws Exception {
    RemoteSdp sdp = RemoteSdp.parse(HEAD + candidate(transport, address, port) + TAIL);

    assertEquals(isKept, sdp.text().contains("a=candidate"));
    assertEquals(isKept, !sdp.candidates().isEmpty());
  }

  @Test
  void candidatesOfOtherComponentsAndTornOnesAreDropped() throws Exception {
    RemoteSdp sdp =
        RemoteSdp.parse(
            HEAD
                + "a=candidate:1 2 udp 1 192.0.2.2 4000 typ host\r\na=candidate:\r\n"
                + "a=candidate:1 1 udp 1 192.0.2.2 4000\r\n"
                + TAIL);

    assertFalse(sdp.text().contains("a=candidate"), sdp.text());
  }

  @Test
  void firstCandidateIsTheFirstOneThatIsKept() throws Exception {
    RemoteSdp sdp =
        RemoteSdp.parse(
            HEAD
                + candidate("udp", "x.local", "1")
                + candidate("udp", "192.0.2.7", "4000")
                + candidate("udp", "192.0.2.8", "4001")
                + TAIL);

    assertEquals(new InetSocketAddress("192.0.2.7", 4000), sdp.candidates().get(0).address());
  }

  @Test
  void candidatesPastTheFiftiethAreDropped() throws Exception {
    RemoteSdp sdp = RemoteSdp.parse(HEAD + candidate("udp", "192.0.2.7", "1").repeat(200) + TAIL);

    assertEquals(
        SdpReader.MAX_CANDIDATES,
        sdp.text().lines().filter(line -> line.startsWith("a=candidate")).count());
  }

  @ParameterizedTest
  @CsvSource({"'', 65536", "0, 2147483647", "1024, 1024", "1073741823, 1073741823"})
  void messageSizeIsThePeers(String said, int expected) throws Exception {
    String line = said.isEmpty() ? "" : "a=max-message-size:" + said + "\r\n";

    assertEquals(expected, RemoteSdp.parse(HEAD + TAIL + line).maxMessageSize());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1023", "-1", "x", "", "99999999999999999999"})
  void messageSizeThatNobodyMeansIsRefused(String said) {
    assertRefused(HEAD + TAIL + "a=max-message-size:" + said + "\r\n", "max-message-size");
  }

  @Test
  void descriptionsOfOtherThingsAreRefused() {
    assertRefused("", "without a data channel");
    assertRefused("v=1\r\n", "unknown version");
    assertRefused(GOOD.replace("m=application 9", "m=audio 9"), "more than a data channel");
    assertRefused(GOOD + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n", "more than a data channel");
    assertRefused(GOOD.replace("m=application 9", "m=application 0"), "refuses");
    assertRefused(GOOD.replaceAll("a=fingerprint.*\r\n", ""), "without fingerprint");
    assertRefused(GOOD.replaceAll("a=ice-ufrag.*\r\n", ""), "without a password");
    assertRefused(GOOD.replaceAll("a=ice-pwd.*\r\n", ""), "without a password");
    assertRefused(GOOD.replaceAll("a=ice-pwd.*\r\n", "a=ice-pwd:short\r\n"), "a password");
    assertRefused(GOOD.replaceAll("sctp-port:5000", "sctp-port:0"), "sctp-port");
    assertRefused(GOOD.replaceAll("sctp-port:5000", "sctp-port:99999"), "sctp-port");
    assertRefused(GOOD.replaceAll("m=.*\r\n", ""), "without a data channel");
  }

  @Test
  void whatIsTooLongIsRefused() {
    assertRefused(GOOD + "a=x\r\n".repeat(20_000), "characters");
    assertRefused(GOOD + "a=x\r\n".repeat(1000), "lines");
    assertRefused(GOOD + "a=mid:" + "x".repeat(2000) + "\r\n", "line of");
    assertRefused(GOOD + "x\r\n", "line of");
    assertRefused(GOOD + "a=mid:\u0000\r\n", "not ASCII");
    assertRefused(GOOD + "a=mid:\u00e4\r\n", "not ASCII");
  }

  private static void assertRefused(String sdp, String reason) {
    ProtocolException e = assertThrows(ProtocolException.class, () -> RemoteSdp.parse(sdp));

    assertTrue(String.valueOf(e.getMessage()).contains(reason), e.getMessage());
  }

  @Test
  void oursIsSentWithoutTrickleAndTcp() {
    String ours =
        HEAD + candidate("udp", "192.0.2.2", "1") + candidate("tcp", "192.0.2.2", "9") + TAIL;

    String complete = LocalSdp.complete(ours.replace("\r\n", "\n") + "\n");

    assertEquals(
        HEAD + candidate("udp", "192.0.2.2", "1") + TAIL.replace("a=ice-options:trickle\r\n", ""),
        complete);
  }
}
