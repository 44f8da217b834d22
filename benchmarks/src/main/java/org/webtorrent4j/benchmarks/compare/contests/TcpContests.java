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
import org.webtorrent4j.benchmarks.compare.program.LimitProgram;

/**
 * One seed, one leech, two processes, over TCP on the loopback address; verified and on disk. A
 * leech is told the seed's address, and its time begins when it is.
 */
public final class TcpContests {
  private final Workshop shop;
  private final long mib;
  private final Clients clients;

  /** Contests that transfer so much. */
  public TcpContests(Workshop shop, long mib) {
    this.shop = shop;
    this.mib = mib;
    this.clients = new Clients(shop, mib);
  }

  /** In plaintext, and encrypted. */
  public List<Contest> all() {
    List<Contender> plain = new ArrayList<>();
    plain.add(new Contender("webtorrent4j", () -> ours("tcp")));
    plain.add(new Contender("limit program", this::limit));
    plain.add(new Contender("webtorrent4j, warm JVMs", this::warm));
    List<Contender> rc4 = new ArrayList<>();
    rc4.add(new Contender("webtorrent4j", () -> ours("rc4")));
    if (shop.has(Rival.LIBTORRENT)) {
      plain.add(new Contender(Rival.LIBTORRENT.label(), () -> libtorrent("plain")));
      rc4.add(new Contender(Rival.LIBTORRENT.label(), () -> libtorrent("rc4")));
    }
    if (shop.has(Rival.WEBTORRENT)) {
      plain.add(new Contender(Rival.WEBTORRENT.label(), this::webtorrent));
    }
    if (shop.has(Rival.ARIA2)) {
      plain.add(new Contender(Rival.ARIA2.label(), () -> Aria2.transfer(shop, mib)));
    }
    return List.of(
        new Contest("tcp: " + mib + " MiB in plaintext", Figure.SPEED, plain),
        new Contest("rc4: " + mib + " MiB encrypted with RC4", Figure.SPEED, rc4));
  }

  private Sample ours(String transport) throws IOException {
    Path copy = shop.newFolder();
    try (Program seed = clients.seed(transport, "")) {
      String port = seed.expect("READY").split(" ", -1)[0];
      Usage usage = new Usage(List.of(seed));
      try (Program leech = clients.leech(transport, copy, port)) {
        double seconds = Double.parseDouble(leech.expect("RESULT"));
        return checked(usage.sample(seconds, clients.bytes(), leech), copy);
      }
    }
  }

  /** In JVMs that have done the same before: what the JIT compiler costs is the difference. */
  private Sample warm() throws IOException {
    Path copy = shop.newFolder();
    try (Program seed = clients.seed("tcp", "")) {
      String port = seed.expect("READY").split(" ", -1)[0];
      try (Program leech = clients.warmLeech(copy, port)) {
        leech.expect("READY");
        Usage usage = new Usage(seed, leech);
        leech.tell(port);
        double seconds = Double.parseDouble(leech.expect("RESULT"));
        return checked(usage.sample(seconds, clients.bytes(), leech), copy);
      }
    }
  }

  private Sample limit() throws IOException {
    Path copy = shop.newFolder();
    Path file = shop.content(mib);
    try (Program sender = Program.java(LimitProgram.class, "send", file.toString())) {
      String port = sender.expect("READY");
      Usage usage = new Usage(List.of(sender));
      try (Program receiver =
          Program.java(
              LimitProgram.class,
              "receive",
              port,
              copy.resolve(file.getFileName()).toString(),
              Long.toString(clients.bytes()))) {
        double seconds = Double.parseDouble(receiver.expect("RESULT"));
        return checked(usage.sample(seconds, clients.bytes(), receiver), copy);
      }
    }
  }

  private Sample libtorrent(String encryption) throws IOException {
    Path copy = shop.newFolder();
    try (Program seed = clients.libtorrent("seed", shop.folder(), "--encryption", encryption)) {
      String peer = "127.0.0.1:" + seed.expect("READY");
      Usage usage = new Usage(List.of(seed));
      try (Program leech =
          clients.libtorrent("leech", copy, "--encryption", encryption, "--peer", peer, "--stay")) {
        double seconds = Program.number(leech.expect("RESULT"), "seconds");
        return checked(usage.sample(seconds, clients.bytes(), leech), copy);
      }
    }
  }

  private Sample webtorrent() throws IOException {
    Path copy = shop.newFolder();
    try (Program seed = clients.webtorrent("seed", shop.folder(), "--secure", "0")) {
      String peer = "127.0.0.1:" + seed.expect("READY");
      Usage usage = new Usage(List.of(seed));
      try (Program leech = clients.webtorrent("leech", copy, "--secure", "0", "--peer", peer)) {
        double seconds = Program.number(leech.expect("RESULT"), "seconds");
        return checked(usage.sample(seconds, clients.bytes(), leech), copy);
      }
    }
  }

  private Sample checked(Sample sample, Path copy) throws IOException {
    clients.check(copy);
    return sample;
  }
}
