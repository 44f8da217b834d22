package org.webtorrent4j.benchmarks.compare.program;

import java.net.InetAddress;
import org.webtorrent4j.tracker.server.TrackerOptions;
import org.webtorrent4j.tracker.server.TrackerServer;
import org.webtorrent4j.tracker.server.WebSocketOptions;

/**
 * Our tracker, without the limits that keep one address from doing what the load does; all else is
 * default. Says {@code READY port}, then answers as {@link Standby} does.
 */
public final class TrackerProgram {
  private static final int MANY = 1_000_000;

  private TrackerProgram() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    TrackerOptions options =
        TrackerOptions.builder()
            .bindAddress(InetAddress.getLoopbackAddress())
            .maxPeersPerAddress(MANY)
            .webSocket(
                WebSocketOptions.builder()
                    .maxSocketsPerAddress(MANY)
                    .maxMessagesPerSecond(MANY)
                    .build())
            .build();
    try (TrackerServer tracker = TrackerServer.start(options)) {
      System.out.println("READY " + tracker.port());
      Standby.serve(Standby.input());
    }
  }
}
