package org.webtorrent4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.webtorrent4j.tracker.server.TrackerServer;

/** One seed, one leech over WebRTC, introduced by our tracker. */
final class WebRtcContests {
  private static final int WIRES = 10;

  private final Workshop shop;
  private final long mib;

  WebRtcContests(Workshop shop, long mib) {
    this.shop = shop;
    this.mib = mib;
  }

  List<Contest> all() {
    List<Contender> jvms = new ArrayList<>();
    jvms.add(Contender.of("webtorrent4j", this::javaToJava));
    jvms.add(Contender.of("bare webrtc-java", this::rawLoop));
    List<Contender> browsers = new ArrayList<>();
    browsers.add(Contender.of("webtorrent4j", this::javaToChromium));
    List<Contender> wires = new ArrayList<>();
    wires.add(Contender.of("webtorrent4j", this::firstWire));
    if (shop.hasPeers()) {
      jvms.add(Contender.of("webtorrent for Node", this::nodeToNode));
      browsers.add(Contender.of("webtorrent for Node", this::nodeToChromium));
      wires.add(Contender.of("webtorrent for Node", this::firstWireOfNode));
    }
    return List.of(
        new Contest("webrtc: " + mib + " MiB from one process to another", jvms),
        new Contest(
            "browser: " + mib + " MiB to headless Chromium; CPU of the seed alone", browsers),
        new Contest("wire: from adding a magnet link to the first peer, the tenth time", wires));
  }

  private Sample javaToJava() throws IOException {
    Path copy = shop.newFolder();
    try (TrackerServer tracker = TrackerServer.start(0);
        Program seed = seed(tracker)) {
      seed.expect("READY");
      double before = seed.cpuSeconds();
      try (Program leech =
          Program.java(
              Node.class, "leech", "webrtc", shop.torrent(mib).toString(), copy.toString(), "")) {
        double seconds = Double.parseDouble(leech.expect("RESULT"));
        Sample sample = sample(seconds, leech.cpuSeconds() + seed.cpuSeconds() - before);
        shop.check(mib, copy);
        return sample;
      }
    }
  }

  private Sample rawLoop() throws IOException {
    try (Program raw = Program.java(RawLoop.class, Long.toString(mib))) {
      return sample(Double.parseDouble(raw.expect("RESULT")), raw.cpuSeconds());
    }
  }

  private Sample nodeToNode() throws IOException {
    Path copy = shop.newFolder();
    try (TrackerServer tracker = TrackerServer.start(0)) {
      describe(tracker);
      try (Program seed = node("webtorrent.mjs", "seed", tracker, shop.folder())) {
        seed.expect("READY");
        double before = seed.cpuSeconds();
        try (Program leech = node("webtorrent.mjs", "leech", tracker, copy)) {
          double seconds = Program.number(leech.expect("RESULT"), "seconds");
          Sample sample = sample(seconds, leech.cpuSeconds() + seed.cpuSeconds() - before);
          shop.check(mib, copy);
          return sample;
        }
      }
    }
  }

  private Sample javaToChromium() throws IOException {
    try (TrackerServer tracker = TrackerServer.start(0);
        Program seed = seed(tracker)) {
      seed.expect("READY");
      return toChromium(seed, tracker);
    }
  }

  private Sample nodeToChromium() throws IOException {
    try (TrackerServer tracker = TrackerServer.start(0)) {
      describe(tracker);
      try (Program seed = node("webtorrent.mjs", "seed", tracker, shop.folder())) {
        seed.expect("READY");
        return toChromium(seed, tracker);
      }
    }
  }

  private Sample toChromium(Program seed, TrackerServer tracker) throws IOException {
    double before = seed.cpuSeconds();
    try (Program browser = node("browser.mjs", "leech", tracker)) {
      double seconds = Program.number(browser.expect("RESULT"), "seconds");
      return sample(seconds, seed.cpuSeconds() - before);
    }
  }

  private Sample firstWire() throws IOException {
    try (TrackerServer tracker = TrackerServer.start(0);
        Program seed = seed(tracker)) {
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
    try (TrackerServer tracker = TrackerServer.start(0)) {
      describe(tracker);
      try (Program seed = node("webtorrent.mjs", "seed", tracker, shop.folder())) {
        seed.expect("READY");
        try (Program leech = node("webtorrent.mjs", "leech", tracker, shop.newFolder())) {
          String[] wire = leech.expect("WIRE").split(" ", -1);
          return Sample.time(Double.parseDouble(wire[1]) / 1000);
        }
      }
    }
  }

  private Program seed(TrackerServer tracker) throws IOException {
    return Program.java(
        Node.class,
        "seed",
        "webrtc",
        shop.content(mib).toString(),
        shop.torrent(mib).toString(),
        tracker.webSocketUrl());
  }

  /** Writes the torrent file for programs that need it. */
  private void describe(TrackerServer tracker) throws IOException {
    try (Program seed = seed(tracker)) {
      seed.expect("READY");
    }
  }

  private Program node(String script, String mode, TrackerServer tracker, Path... directory)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "node",
                shop.peer(script),
                mode,
                "--torrent",
                shop.torrent(mib).toString(),
                "--announce",
                tracker.webSocketUrl(),
                "--timeout",
                "300"));
    for (Path path : directory) {
      command.addAll(List.of("--dir", path.toString()));
    }
    return Program.start(command.toArray(String[]::new));
  }

  private Sample sample(double seconds, double cpuSeconds) {
    return new Sample(seconds, mib << 20, cpuSeconds);
  }
}
