package org.webtorrent4j.benchmarks.compare.contests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.webtorrent4j.benchmarks.compare.measure.Contender;
import org.webtorrent4j.benchmarks.compare.measure.Contest;
import org.webtorrent4j.benchmarks.compare.measure.Figure;
import org.webtorrent4j.benchmarks.compare.measure.Program;
import org.webtorrent4j.benchmarks.compare.measure.Sample;
import org.webtorrent4j.benchmarks.compare.measure.Usage;
import org.webtorrent4j.benchmarks.compare.program.Node;
import org.webtorrent4j.benchmarks.compare.program.RawLoop;
import org.webtorrent4j.tracker.server.TrackerServer;

/**
 * One seed, one leech over WebRTC, introduced by our tracker; a leech counts from its first peer.
 */
public final class WebRtcContests {
  private static final int WIRES = 10;

  private final Workshop shop;
  private final long mib;
  private final Clients clients;

  /** Contests that transfer so much. */
  public WebRtcContests(Workshop shop, long mib) {
    this.shop = shop;
    this.mib = mib;
    this.clients = new Clients(shop, mib);
  }

  /** From process to process, to a browser, and the time until two are connected. */
  public List<Contest> all() {
    List<Contender> jvms = new ArrayList<>();
    jvms.add(new Contender("webtorrent4j", this::javaToJava));
    jvms.add(new Contender("bare webrtc-java", this::rawLoop));
    List<Contender> browsers = new ArrayList<>();
    List<Contender> wires = new ArrayList<>();
    wires.add(new Contender("webtorrent4j", this::firstWire));
    if (shop.has(Rival.CHROMIUM)) {
      browsers.add(new Contender("webtorrent4j", this::javaToChromium));
    }
    if (shop.has(Rival.WEBTORRENT)) {
      jvms.add(new Contender(Rival.WEBTORRENT.label(), this::nodeToNode));
      wires.add(new Contender(Rival.WEBTORRENT.label(), this::firstWireOfNode));
    }
    if (shop.has(Rival.CHROMIUM) && shop.has(Rival.WEBTORRENT)) {
      browsers.add(new Contender(Rival.WEBTORRENT.label(), this::nodeToChromium));
    }
    List<Contest> contests = new ArrayList<>();
    contests.add(
        new Contest("webrtc: " + mib + " MiB from one process to another", Figure.SPEED, jvms));
    if (!browsers.isEmpty()) {
      contests.add(
          new Contest(
              "browser: " + mib + " MiB to headless Chromium; CPU of the seed alone",
              Figure.SPEED,
              browsers));
    }
    contests.add(
        new Contest(
            "wire: from adding a magnet link to the first peer, the tenth time",
            Figure.TIME,
            wires));
    return contests;
  }

  private Sample javaToJava() throws IOException {
    Path copy = shop.newFolder();
    try (TrackerServer tracker = TrackerServer.start(0);
        Program seed = clients.seed("webrtc", tracker.webSocketUrl())) {
      seed.expect("READY");
      Usage usage = new Usage(List.of(seed));
      try (Program leech = clients.leech("webrtc", copy, "")) {
        double seconds = Double.parseDouble(leech.expect("RESULT"));
        Sample sample = usage.sample(seconds, clients.bytes(), leech);
        clients.check(copy);
        return sample;
      }
    }
  }

  /** Both ends are one process. */
  private Sample rawLoop() throws IOException {
    try (Program raw = Program.java(RawLoop.class, Long.toString(mib))) {
      double seconds = Double.parseDouble(raw.expect("RESULT"));
      return new Usage(List.of()).sample(seconds, clients.bytes(), raw);
    }
  }

  private Sample nodeToNode() throws IOException {
    Path copy = shop.newFolder();
    try (TrackerServer tracker = TrackerServer.start(0);
        Program seed = node(tracker, "seed", shop.folder())) {
      seed.expect("READY");
      Usage usage = new Usage(List.of(seed));
      try (Program leech = node(tracker, "leech", copy)) {
        double seconds = Program.number(leech.expect("RESULT"), "seconds");
        Sample sample = usage.sample(seconds, clients.bytes(), leech);
        clients.check(copy);
        return sample;
      }
    }
  }

  private Program node(TrackerServer tracker, String mode, Path folder) throws IOException {
    shop.content(mib);
    return clients.webtorrent(mode, folder, "--announce", tracker.webSocketUrl());
  }

  private Sample javaToChromium() throws IOException {
    try (TrackerServer tracker = TrackerServer.start(0);
        Program seed = clients.seed("webrtc", tracker.webSocketUrl())) {
      seed.expect("READY");
      return toChromium(seed, tracker);
    }
  }

  private Sample nodeToChromium() throws IOException {
    try (TrackerServer tracker = TrackerServer.start(0);
        Program seed = node(tracker, "seed", shop.folder())) {
      seed.expect("READY");
      return toChromium(seed, tracker);
    }
  }

  private Sample toChromium(Program seed, TrackerServer tracker) throws IOException {
    Usage usage = new Usage(List.of(seed));
    try (Program browser =
        Program.start(
            List.of(
                "node",
                shop.peer("browser.mjs"),
                "leech",
                "--torrent",
                shop.torrent(mib).toString(),
                "--announce",
                tracker.webSocketUrl(),
                "--timeout",
                "300"))) {
      double seconds = Program.number(browser.expect("RESULT"), "seconds");
      return usage.sample(seconds, clients.bytes(), List.of());
    }
  }

  private Sample firstWire() throws IOException {
    try (TrackerServer tracker = TrackerServer.start(0);
        Program seed = clients.seed("webrtc", tracker.webSocketUrl())) {
      String magnet = seed.expect("READY").split(" ", 2)[1];
      try (Program leech =
          Program.java(
              Node.class,
              "wire",
              "webrtc",
              magnet,
              shop.newFolder().toString(),
              Integer.toString(WIRES))) {
        double last = 0;
        for (int i = 0; i < WIRES; i++) {
          last = Double.parseDouble(leech.expect("RESULT"));
        }
        return Sample.time(last);
      }
    }
  }

  /** Its first time: it has nothing that would be faster later. */
  private Sample firstWireOfNode() throws IOException {
    try (TrackerServer tracker = TrackerServer.start(0);
        Program seed = node(tracker, "seed", shop.folder())) {
      seed.expect("READY");
      try (Program leech = node(tracker, "leech", shop.newFolder())) {
        String[] wire = leech.expect("WIRE").split(" ", -1);
        return Sample.time(Double.parseDouble(wire[1]) / 1000);
      }
    }
  }
}
