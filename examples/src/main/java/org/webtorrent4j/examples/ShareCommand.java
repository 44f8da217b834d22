package org.webtorrent4j.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.Client;
import org.webtorrent4j.ClientOptions;
import org.webtorrent4j.SeedOptions;
import org.webtorrent4j.TorrentException;
import org.webtorrent4j.examples.option.AddressConverter;
import org.webtorrent4j.examples.option.CommonOptions;
import org.webtorrent4j.examples.option.PortConverter;
import org.webtorrent4j.examples.option.RateConverter;
import org.webtorrent4j.examples.option.TrackerConverter;
import org.webtorrent4j.examples.page.PageServer;
import org.webtorrent4j.examples.page.Resource;
import org.webtorrent4j.examples.page.WebFiles;
import org.webtorrent4j.examples.terminal.Console;
import org.webtorrent4j.tracker.server.TrackerOptions;
import org.webtorrent4j.tracker.server.TrackerServer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code webtorrent share}: a tracker, a seed and a page whose browser is the other peer. */
@Command(
    name = "share",
    description = {
      "Shares files or folders with browsers, until Ctrl-C: open the page that it serves.",
      "The browser downloads from this program over WebRTC, plays what is video or audio, shows"
          + " images, and saves the rest. Nothing is announced outside unless you say so."
    },
    footer = {
      "",
      "The address of the page goes to standard output, everything else to standard error.",
      "",
      "Examples:",
      "  webtorrent share film.mp4                    for browsers of this machine",
      "  webtorrent share --host 0.0.0.0 photos/      for those of the local network too",
      "  webtorrent share --public --up 2M film.mp4   also through public trackers"
    })
final class ShareCommand implements Callable<Integer> {
  private static final int USUAL_PORT = 8080;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = {"--host", "--bind"},
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      description =
          "Where the page and the tracker listen; 127.0.0.1 by default. 0.0.0.0 lets the local"
              + " network in.")
  private InetAddress host = InetAddress.getLoopbackAddress();

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = PortConverter.class,
      description = "The TCP port of the page; 8080 by default, or any free one if that is taken.")
  private @Nullable Integer port;

  @Option(
      names = "--up",
      paramLabel = "RATE",
      defaultValue = "0",
      converter = RateConverter.class,
      description = "Send at most this many bytes per second: 500k, 2M, 1500000.")
  private long up;

  @Option(
      names = "--tracker",
      paramLabel = "URL",
      converter = TrackerConverter.class,
      description = "Announce to this tracker too; may be repeated.")
  private List<String> trackers = new ArrayList<>();

  @Option(names = "--public", description = "Announce to public trackers too.")
  private boolean isPublic;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "A file or a folder; each becomes a torrent.")
  private List<Path> paths = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Map<String, Resource> files = WebFiles.load(webFolder());
    Listening.check(host, port == null ? 0 : port);
    try (TorrentReport report = new TorrentReport(common.isJson(), trackers);
        TrackerServer tracker = TrackerServer.start(trackerOptions());
        Client client = Client.create(clientOptions())) {
      client.addListener(report::onEvent);
      SelfTest.webRtcProblem()
          .ifPresent(problem -> report.warn("no browser can connect, for " + problem));
      SeedWatch watch = seed(client, tracker, report);
      if (watch.isOver()) {
        return CommandLine.ExitCode.SOFTWARE;
      }
      Share share =
          new Share(
              watch.torrents(),
              tracker.port(),
              otherTrackers(),
              isPublic,
              client.port(),
              ShareAddresses.hosts(host));
      try (PageServer page = startPage(share.addTo(files), share.connections())) {
        announce(share, ShareAddresses.urls(host, page.port()), report);
        watch.await();
      }
    }
    return CommandLine.ExitCode.SOFTWARE; // it ends by Ctrl-C, or if nothing is left to share
  }

  private static Path webFolder() {
    String folder = System.getProperty(WebFiles.FOLDER_PROPERTY);
    if (folder == null) {
      throw new TorrentException(
          "where webtorrent.js is must be said by -D"
              + WebFiles.FOLDER_PROPERTY
              + "=FOLDER: use ./webtorrent, which does so, or run examples/web/fetch.sh FOLDER");
    }
    return Path.of(folder);
  }

  private TrackerOptions trackerOptions() {
    return TrackerOptions.builder()
        .bindAddress(host)
        .host(ShareAddresses.name(host))
        .udp(false)
        .build();
  }

  private ClientOptions clientOptions() {
    ClientOptions.Builder options = ClientOptions.builder().uploadLimit(up).trackers(List.of());
    if (!isPublic) {
      options.transports(List.of(SelfTest.tcp(), SelfTest.webRtc())); // which ask no STUN server
    }
    return options.build();
  }

  private SeedWatch seed(Client client, TrackerServer tracker, TorrentReport report)
      throws Exception {
    List<String> all = new ArrayList<>(tracker.announceUrls());
    all.addAll(otherTrackers());
    SeedOptions options = SeedOptions.builder().trackers(all).warnings(report::leftOut).build();
    SeedWatch watch = new SeedWatch(report);
    for (Path path : paths) {
      report.say("Hashing " + path + "…");
      watch.add(() -> client.seed(path.toAbsolutePath(), options));
    }
    return watch;
  }

  private List<String> otherTrackers() {
    List<String> urls = new ArrayList<>(trackers);
    if (isPublic) {
      urls.addAll(ClientOptions.PUBLIC_TRACKERS);
    }
    return urls;
  }

  private PageServer startPage(Map<String, Resource> resources, String connections)
      throws IOException {
    Integer chosen = port;
    if (chosen != null) {
      return Listening.at(
          Listening.where(host, chosen),
          () -> PageServer.start(host, chosen, resources, connections));
    }
    try {
      return PageServer.start(host, USUAL_PORT, resources, connections);
    } catch (IOException e) { // taken
      return PageServer.start(host, 0, resources, connections);
    }
  }

  private void announce(Share share, List<String> urls, TorrentReport report) {
    if (common.isJson()) {
      share.announcement(urls).print();
      return;
    }
    report.say("Open this in a browser; Ctrl-C ends it.");
    urls.forEach(Console::out);
    share.magnets().forEach(magnet -> report.say("For other programs: " + magnet));
  }
}
