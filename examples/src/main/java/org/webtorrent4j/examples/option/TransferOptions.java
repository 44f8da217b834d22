package org.webtorrent4j.examples.option;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import picocli.CommandLine.Option;

/** What seeding and downloading have in common. */
public final class TransferOptions {
  @Option(
      names = "--tracker",
      paramLabel = "URL",
      converter = TrackerConverter.class,
      description = "Announce to this tracker; may be repeated.")
  private List<String> trackers = new ArrayList<>();

  @Option(
      names = "--peer",
      paramLabel = "HOST:PORT",
      converter = PeerConverter.class,
      description = "Connect to this peer; may be repeated.")
  private List<InetSocketAddress> peers = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      converter = PortConverter.class,
      description = "Listen on this TCP port; any free one by default.")
  private int port;

  @Option(
      names = "--up",
      paramLabel = "RATE",
      defaultValue = "0",
      converter = RateConverter.class,
      description = "Send at most this many bytes per second: 500k, 2M, 1500000.")
  private long up;

  @Option(
      names = "--down",
      paramLabel = "RATE",
      defaultValue = "0",
      converter = RateConverter.class,
      description = "Receive at most this many bytes per second.")
  private long down;

  @Option(
      names = "--no-public-trackers",
      description = "Announce only to the trackers that --tracker or the torrent names.")
  private boolean isWithoutPublicTrackers;

  /** The peers that the user named. */
  public List<InetSocketAddress> peers() {
    return peers;
  }

  /** The trackers that the user named. */
  public List<String> trackers() {
    return trackers;
  }

  /** The trackers for what is seeded: those that the user named, then the public ones. */
  public List<String> seedTrackers() {
    List<String> all = new ArrayList<>(trackers);
    if (!isWithoutPublicTrackers) {
      all.addAll(ClientOptions.PUBLIC_TRACKERS);
    }
    return all;
  }

  /** The port to listen on; 0 = any free one. */
  public int port() {
    return port;
  }

  /** A client as these options say. */
  public Client openClient() {
    return Client.create(
        ClientOptions.builder()
            .port(port)
            .uploadLimit(up)
            .downloadLimit(down)
            .trackers(seedTrackers())
            .build());
  }
}
