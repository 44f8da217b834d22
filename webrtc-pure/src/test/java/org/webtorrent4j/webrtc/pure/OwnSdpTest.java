package org.webtorrent4j.webrtc.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.rtc.dtls.DtlsIdentity;
import org.webtorrent4j.rtc.dtls.Fingerprint;
import org.webtorrent4j.rtc.ice.IceCandidate;
import org.webtorrent4j.rtc.ice.IceCredentials;
import org.webtorrent4j.webrtc.sdp.RemoteSdp;

class OwnSdpTest {
  private static final IceCredentials CREDENTIALS =
      new IceCredentials("LFRGabcd", "ownpasswordownpassword22");

  private final Fingerprint fingerprint;
  private final List<InetSocketAddress> addresses;

  OwnSdpTest() throws Exception {
    fingerprint = DtlsIdentity.create(new SecureRandom(), Instant.EPOCH).fingerprint();
    addresses =
        List.of(
            new InetSocketAddress(InetAddress.getByName("2001:db8::7"), 46595),
            new InetSocketAddress(InetAddress.getByName("198.51.100.7"), 46596));
  }

  @Test
  void linesAreThoseThatBrowsersNeed() {
    String sdp = new OwnSdp(7, CREDENTIALS, fingerprint, "actpass", "0", addresses).write();

    assertEquals(
        List.of(
            "v=0",
            "o=- 7 2 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE 0",
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
            "c=IN IP4 0.0.0.0",
            "a=candidate:1 1 udp 2130706431 2001:db8:0:0:0:0:0:7 46595 typ host",
            "a=candidate:2 1 udp 2130705663 198.51.100.7 46596 typ host",
            "a=end-of-candidates",
            "a=ice-ufrag:LFRGabcd",
            "a=ice-pwd:ownpasswordownpassword22",
            "a=ice-options:ice2",
            "a=fingerprint:" + fingerprint,
            "a=setup:actpass",
            "a=mid:0",
            "a=sctp-port:5000",
            "a=max-message-size:262144"),
        List.of(sdp.split("\r\n")));
  }

  @Test
  void whatWeWriteIsWhatWeRead() throws Exception {
    String sdp = new OwnSdp(7, CREDENTIALS, fingerprint, "active", "data", addresses).write();

    RemoteSdp read = RemoteSdp.parse(sdp);

    assertEquals(CREDENTIALS, RemoteValues.ice(read).credentials());
    assertEquals(
        addresses,
        RemoteValues.ice(read).candidates().stream().map(IceCandidate::address).toList());
    assertEquals(List.of(fingerprint), RemoteValues.fingerprints(read));
    assertEquals(Optional.of(RemoteSdp.Setup.ACTIVE), read.setup());
    assertEquals("data", read.mid());
  }
}
