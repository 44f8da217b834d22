package org.webtorrent4j.benchmarks.compare.contests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.webtorrent4j.benchmarks.compare.measure.Figure;
import org.webtorrent4j.benchmarks.compare.measure.Program;
import org.webtorrent4j.benchmarks.compare.measure.Sample;
import org.webtorrent4j.benchmarks.compare.measure.Usage;
import org.webtorrent4j.tracker.server.TrackerServer;

/**
 * One aria2, asked by JSON-RPC every {@value #PAUSE_MILLIS} ms how far it is. It cannot be told of
 * a peer, so a tracker introduces seed and leech. Like others, the leech is timed from when it
 * knows the seed, which is when it first says that it has a connection, until it says that it has
 * all, verified. It waits for more than a second before it asks for anything; its speed without
 * that, from its first piece on, is a figure besides.
 */
final class Aria2 implements AutoCloseable {
  private static final int PAUSE_MILLIS = 5;
  private static final long LIMIT_NANOS = 300_000_000_000L;
  private static final String GID = "00000000000000a2";

  private final Program program;
  private final HttpRequest status;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Starts it; a folder that has the content makes it a seed. */
  private Aria2(Workshop shop, long mib, Path folder, String tracker, List<String> more)
      throws IOException {
    int rpcPort = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                Rival.ARIA2.path(),
                "--no-conf=true",
                "--quiet=true",
                "--enable-dht=false",
                "--enable-dht6=false",
                "--bt-enable-lpd=false",
                "--enable-peer-exchange=false",
                "--file-allocation=none",
                "--allow-overwrite=true",
                "--seed-ratio=0.0",
                "--enable-rpc=true",
                "--rpc-listen-port=" + rpcPort,
                "--listen-port=" + freePort(),
                "--bt-tracker=" + tracker,
                "--gid=" + GID,
                "--dir=" + folder));
    command.addAll(more);
    command.add(shop.torrent(mib).toString());
    program = Program.start(command);
    String call =
        """
        {"jsonrpc":"2.0","id":"1","method":"aria2.tellStatus",
        "params":["%s",["connections","completedLength"]]}"""
            .formatted(GID);
    status =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rpcPort + "/jsonrpc"))
            .POST(HttpRequest.BodyPublishers.ofString(call))
            .build();
  }

  /** One seed, one leech. */
  static Sample transfer(Workshop shop, long mib) throws IOException, InterruptedException {
    Path copy = shop.newFolder();
    shop.content(mib);
    try (TrackerServer tracker = TrackerServer.start(0);
        Aria2 seed =
            new Aria2(
                shop,
                mib,
                shop.folder(),
                tracker.announceUrl(),
                List.of("--check-integrity=true"))) {
      while (tracker.stats().seeds() == 0) {
        Thread.sleep(PAUSE_MILLIS);
      }
      Usage usage = new Usage(List.of(seed.program));
      try (Aria2 leech = new Aria2(shop, mib, copy, tracker.announceUrl(), List.of())) {
        long total = mib << 20;
        leech.await("connections", 1);
        long begin = System.nanoTime();
        long first = leech.await("completedLength", 1);
        long firstPiece = System.nanoTime();
        leech.await("completedLength", total);
        long end = System.nanoTime();
        Sample sample =
            usage
                .sample((end - begin) / 1e9, total, leech.program)
                .with(Figure.STEADY, (total - first) / 1e6 / ((end - firstPiece) / 1e9));
        shop.check(mib, copy);
        return sample;
      }
    }
  }

  /** Waits until a number is large enough, and returns it. */
  private long await(String field, long least) throws IOException, InterruptedException {
    Pattern pattern = Pattern.compile('"' + field + "\":\"(\\d+)\"");
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < LIMIT_NANOS) {
      Matcher found = pattern.matcher(ask());
      if (found.find() && Long.parseLong(found.group(1)) >= least) {
        return Long.parseLong(found.group(1));
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    throw new IOException("aria2 did not get to " + least + " " + field);
  }

  private String ask() throws InterruptedException {
    try {
      return http.send(status, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return ""; // it does not listen yet
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Without leave: else it waits for the tracker. */
  @Override
  public void close() throws IOException {
    program.kill();
    program.close();
  }
}
