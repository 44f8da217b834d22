package org.webtorrent4j.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.Torrent;
import org.webtorrent4j.tcp.TcpTransport;
import org.webtorrent4j.tracker.server.TrackerServer;
import org.webtorrent4j.transport.Transport;
import org.webtorrent4j.webrtc.WebRtcOptions;
import org.webtorrent4j.webrtc.WebRtcSupport;
import org.webtorrent4j.webrtc.WebRtcTransport;

/** Clients for trying things out on this machine alone: no public tracker, no STUN server. */
final class SelfTest {
  private SelfTest() {}

  static Transport tcp() {
    return new TcpTransport();
  }

  static Transport webRtc() {
    return new WebRtcTransport(WebRtcOptions.builder().iceServers(List.of()).build());
  }

  /** Why WebRTC cannot be tried out here; empty if it can. */
  static Optional<String> webRtcProblem() {
    if (!WebRtcSupport.hasNetwork()) {
      return Optional.of("this machine has no network but loopback, which WebRTC does not use");
    }
    Optional<String> problem = Optional.of("there is no implementation");
    for (WebRtcSupport.Provider provider : WebRtcSupport.providers()) {
      if (provider.problem().isEmpty()) {
        return Optional.empty();
      }
      problem = provider.problem();
    }
    return problem;
  }

  static Client client(Path folder, Transport... transports) {
    return Client.create(
        ClientOptions.builder()
            .bindAddresses(InetAddress.getLoopbackAddress())
            .trackers(List.of())
            .directory(folder)
            .transports(List.of(transports))
            .build());
  }

  /**
   * Lets two clients transfer a file over one transport.
   *
   * @param folder of the first; the second downloads to its folder {@code copy-TRANSPORT}
   * @param name of the file in it
   */
  static void transfer(Path folder, String name, Transport from, Transport to, Duration timeout)
      throws IOException, InterruptedException, TimeoutException {
    try (TrackerServer tracker = TrackerServer.start(0);
        Client seeder = client(folder, from);
        Client leecher = client(folder.resolve("copy-" + to.name()), to)) {
      Torrent seed =
          seeder.seed(
              folder.resolve(name), SeedOptions.builder().trackers(tracker.announceUrls()).build());
      leecher.add(seed.magnet()).awaitComplete(timeout);
    }
  }
}
