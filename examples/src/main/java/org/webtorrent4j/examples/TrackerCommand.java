package org.webtorrent4j.examples;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.examples.option.AddressConverter;
import org.webtorrent4j.examples.option.CommonOptions;
import org.webtorrent4j.examples.option.HostConverter;
import org.webtorrent4j.examples.option.OriginConverter;
import org.webtorrent4j.examples.option.PortConverter;
import org.webtorrent4j.examples.option.ProxyConverter;
import org.webtorrent4j.examples.terminal.Console;
import org.webtorrent4j.examples.terminal.JsonLine;
import org.webtorrent4j.tracker.server.TrackerOptions;
import org.webtorrent4j.tracker.server.TrackerServer;
import org.webtorrent4j.tracker.server.WebSocketOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code webtorrent tracker}. */
@Command(
    name = "tracker",
    description =
        "Runs a tracker until Ctrl-C: peers that announce to it find each other, by HTTP and UDP or,"
            + " in browsers, over a WebSocket.",
    footer = {"", "Example:", "  webtorrent tracker --port 8000 --host tracker.example.org"})
final class TrackerCommand implements Callable<Integer> {
  private static final String THIS_HOST = "127.0.0.0/8,::1";

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8000",
      converter = PortConverter.class,
      description = "The TCP and UDP port; 8000 by default, 0 takes any free one.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      defaultValue = "localhost",
      converter = HostConverter.class,
      description =
          "What others call this machine, for the announce URLs; localhost by default. It listens on"
              + " all interfaces whatever its name, but for --bind.")
  private String host = "localhost";

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      description = "Listen at this address only; 127.0.0.1 behind a web server on this machine.")
  private @Nullable InetAddress bindAddress;

  @Option(
      names = "--trust-proxy",
      paramLabel = "ADDRESS",
      arity = "0..1",
      converter = ProxyConverter.class,
      fallbackValue = THIS_HOST,
      split = ",",
      description =
          "Believe web servers at these addresses or networks, of this machine if none is said: peers"
              + " have the address that they tell in X-Forwarded-For.")
  private List<String> proxies = new ArrayList<>();

  @Option(
      names = "--origin",
      paramLabel = "URL",
      converter = OriginConverter.class,
      description =
          "Only pages of this origin, such as https://example.org, may connect; may be repeated.")
  private List<String> origins = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    TrackerOptions options = Usage.checked(spec, this::options);
    try (TrackerServer server = Listening.at(where(), () -> TrackerServer.start(options))) {
      if (common.isJson()) {
        JsonLine.event("tracking")
            .put("port", server.port())
            .put("url", server.announceUrl())
            .putStrings("urls", server.announceUrls())
            .print();
      } else {
        server.announceUrls().forEach(Console::out);
        Console.err("Tracking; Ctrl-C ends it.");
      }
      new CountDownLatch(1).await();
    }
    return CommandLine.ExitCode.OK;
  }

  private String where() {
    InetAddress address = bindAddress;
    return address == null ? "port " + port : Listening.where(address, port);
  }

  private TrackerOptions options() {
    TrackerOptions.Builder options =
        TrackerOptions.builder().port(port).host(host).trustedProxies(Set.copyOf(proxies));
    if (bindAddress != null) {
      options.bindAddress(bindAddress);
    }
    if (!origins.isEmpty()) {
      options.webSocket(WebSocketOptions.builder().allowedOrigins(Set.copyOf(origins)).build());
    }
    return options.build();
  }
}
