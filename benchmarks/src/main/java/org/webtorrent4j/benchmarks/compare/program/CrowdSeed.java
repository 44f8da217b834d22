package org.webtorrent4j.benchmarks.compare.program;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.SeedOptions;

/**
 * A seed that lets more peers connect than clients do by default; all else is default. Says {@code
 * READY port}, then answers as {@link Standby} does.
 *
 * <pre>
 * FILE CONNECTIONS
 * </pre>
 */
public final class CrowdSeed {
  private CrowdSeed() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int connections = Integer.parseInt(args[1]);
    ClientOptions options =
        ClientOptions.builder()
            .bindAddresses(InetAddress.getLoopbackAddress())
            .trackers(List.of())
            .maxConnections(connections)
            .maxConnectionsPerTorrent(connections)
            .build();
    try (Client client = Client.create(options)) {
      client.seed(Path.of(args[0]), SeedOptions.builder().pieceLength(1 << 20).build());
      System.out.println("READY " + client.port());
      Standby.serve(Standby.input());
    }
  }
}
