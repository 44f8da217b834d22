package org.webtorrent4j.examples;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.webtorrent4j.tracker.server.TrackerServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code webtorrent tracker}. */
@Command(
    name = "tracker",
    description = "Runs a tracker until Ctrl-C: peers that announce to it find each other.",
    footer = {"", "Example:", "  webtorrent tracker --port 8000"})
final class TrackerCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8000",
      description = "The TCP port; 8000 by default, 0 takes any free one.")
  private int port;

  @Override
  public Integer call() throws Exception {
    try (TrackerServer server = TrackerServer.start(port)) {
      String url = "http://localhost:" + server.port() + "/announce";
      if (common.isJson()) {
        JsonLine.event("tracking").put("port", server.port()).put("url", url).printTo(System.out);
      } else {
        System.out.println(url);
        System.err.println("Tracking; Ctrl-C ends it.");
      }
      new CountDownLatch(1).await();
    }
    return CommandLine.ExitCode.OK;
  }
}
