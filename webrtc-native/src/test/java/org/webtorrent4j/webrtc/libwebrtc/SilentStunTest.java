package org.webtorrent4j.webrtc.libwebrtc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.webrtc.IceServer;
import org.webtorrent4j.webrtc.rtc.RtcSettings;

/** STUN servers that never answer; libwebrtc itself waits ten seconds for each. */
class SilentStunTest {
  @Test
  void descriptionsGoOutWithWhatThereIs() throws Exception {
    RtcHost.assumeNetwork();
    try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(ownAddress(), 0))) {
      String server = "stun:" + ownAddress().getHostAddress() + ":" + silent.getLocalPort();
      Duration patience = Duration.ofSeconds(60);
      RtcSettings settings =
          new RtcSettings(
              List.of(IceServer.stun(server)), 0, 0, patience, patience, Duration.ofSeconds(30));
      try (RtcHost ours = RtcHost.open(settings, Limits.DEFAULT)) {
        for (int i = 0; i < 8; i++) {
          String sdp = ours.offer().description.get(5, TimeUnit.SECONDS);
          assertTrue(sdp.contains("a=candidate:"), sdp);
        }
        ours.connect(ours);
      }
    }
  }

  private static InetAddress ownAddress() throws Exception {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address.getAddress().length == 4 && !address.isLoopbackAddress())
        .findFirst()
        .orElseThrow();
  }
}
