package org.webtorrent4j.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One seed, one leech, two processes, over TCP on the loopback address; verified and on disk. */
final class TcpContests {
  private final Workshop shop;
  private final long mib;

  TcpContests(Workshop shop, long mib) {
    this.shop = shop;
    this.mib = mib;
  }

  List<Contest> all() {
    List<Contender> plain = new ArrayList<>();
    plain.add(Contender.of("webtorrent4j", () -> ours("tcp")));
    plain.add(Contender.of("limit program", this::limit));
    List<Contender> rc4 = new ArrayList<>();
    rc4.add(Contender.of("webtorrent4j", () -> ours("rc4")));
    if (shop.hasPeers()) {
      plain.add(Contender.of("libtorrent", () -> libtorrent("plain")));
      plain.add(Contender.of("webtorrent for Node", this::node));
      rc4.add(Contender.of("libtorrent", () -> libtorrent("rc4")));
    }
    return List.of(
        new Contest("tcp: " + mib + " MiB in plaintext", plain),
        new Contest("rc4: " + mib + " MiB encrypted with RC4", rc4));
  }

  private Sample ours(String transport) throws IOException {
    Path copy = shop.newFolder();
    try (Program seed = seed(transport)) {
      String port = seed.expect("READY").split(" ", -1)[0];
      double before = seed.cpuSeconds();
      try (Program leech =
          Program.java(
              Node.class,
              "leech",
              transport,
              shop.torrent(mib).toString(),
              copy.toString(),
              port)) {
        double seconds = Double.parseDouble(leech.expect("RESULT"));
        Sample sample = sample(seconds, leech.cpuSeconds() + seed.cpuSeconds() - before);
        shop.check(mib, copy);
        return sample;
      }
    }
  }

  private Program seed(String transport) throws IOException {
    return Program.java(
        Node.class,
        "seed",
        transport,
        shop.content(mib).toString(),
        shop.torrent(mib).toString(),
        "");
  }

  private Sample limit() throws IOException {
    Path copy = shop.newFolder();
    Path file = shop.content(mib);
    try (Program sender = Program.java(LimitProgram.class, "send", file.toString())) {
      String port = sender.expect("READY");
      try (Program receiver =
          Program.java(
              LimitProgram.class,
              "receive",
              port,
              copy.resolve(file.getFileName()).toString(),
              Long.toString(mib << 20))) {
        double seconds = Double.parseDouble(receiver.expect("RESULT"));
        Sample sample = sample(seconds, receiver.cpuSeconds() + sender.cpuSeconds());
        shop.check(mib, copy);
        return sample;
      }
    }
  }

  private Sample libtorrent(String encryption) throws IOException {
    describe();
    Path copy = shop.newFolder();
    try (Program seed = libtorrent("seed", shop.folder(), encryption, List.of())) {
      String port = seed.expect("READY");
      double before = seed.cpuSeconds();
      try (Program leech =
          libtorrent("leech", copy, encryption, List.of("--peer", "127.0.0.1:" + port))) {
        String result = leech.expect("RESULT");
        Sample sample =
            sample(
                Program.number(result, "seconds"),
                Program.number(result, "cpuSeconds") + seed.cpuSeconds() - before);
        shop.check(mib, copy);
        return sample;
      }
    }
  }

  private Program libtorrent(String mode, Path folder, String encryption, List<String> more)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/python3",
                shop.peer("libtorrent-peer.py"),
                mode,
                "--torrent",
                shop.torrent(mib).toString(),
                "--dir",
                folder.toString(),
                "--encryption",
                encryption));
    command.addAll(more);
    return Program.start(command.toArray(String[]::new));
  }

  private Sample node() throws IOException {
    describe();
    Path copy = shop.newFolder();
    try (Program seed = node("seed", shop.folder(), "--exit")) {
      String port = seed.expect("READY");
      double before = seed.cpuSeconds();
      try (Program leech = node("leech", copy, "--peer", "127.0.0.1:" + port)) {
        String result = leech.expect("RESULT");
        Sample sample =
            sample(
                Program.number(result, "seconds"),
                Program.number(result, "cpuSeconds") + seed.cpuSeconds() - before);
        shop.check(mib, copy);
        return sample;
      }
    }
  }

  private Program node(String mode, Path folder, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "node",
                shop.peer("webtorrent.mjs"),
                mode,
                "--torrent",
                shop.torrent(mib).toString(),
                "--dir",
                folder.toString(),
                "--secure",
                "0"));
    command.addAll(List.of(more));
    return Program.start(command.toArray(String[]::new));
  }

  /** Writes the torrent file for programs that need it. */
  private void describe() throws IOException {
    try (Program seed = seed("tcp")) {
      seed.expect("READY");
    }
  }

  private Sample sample(double seconds, double cpuSeconds) {
    return new Sample(seconds, mib << 20, cpuSeconds);
  }
}
