package org.webtorrent4j.examples;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.webtorrent4j.tracker.server.TrackerOptions;
import org.webtorrent4j.tracker.server.TrackerServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code webtorrent tracker}. */
@Command(
    name = "tracker",
    description =
        "Runs a tracker until Ctrl-C: peers that announce to it find each other, by HTTP and UDP or,"
            + " in browsers, over a WebSocket.",
    footer = {"", "Example:", "  webtorrent tracker --port 8000 --host tracker.example.org"})
final class TrackerCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8000",
      description = "The TCP and UDP port; 8000 by default, 0 takes any free one.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      defaultValue = "localhost",
      description =
          "What others call this machine, for the announce URLs; localhost by default. It listens on"
              + " all interfaces whatever its name.")
  private String host = "localhost";

  @Override
  public Integer call() throws Exception {
    TrackerOptions options = TrackerOptions.builder().port(port).host(host).build();
    try (TrackerServer server = TrackerServer.start(options)) {
      if (common.isJson()) {
        JsonLine.event("tracking")
            .put("port", server.port())
            .put("url", server.announceUrl())
            .putStrings("urls", server.announceUrls())
            .printTo(System.out);
      } else {
        server.announceUrls().forEach(System.out::println);
        System.err.println("Tracking; Ctrl-C ends it.");
      }
      new CountDownLatch(1).await();
    }
    return CommandLine.ExitCode.OK;
  }
}
