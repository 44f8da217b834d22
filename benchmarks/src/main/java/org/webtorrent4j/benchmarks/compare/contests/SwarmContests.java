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

/**
 * One of one side, many of the other, each in a process of its own, over TCP in plaintext. Leeches
 * wait until all have started; then each is told of every seed and of the leeches before it, so
 * that they can exchange what they have. The time is from telling them until the last has all.
 */
public final class SwarmContests {
  private static final int MANY = 8;
  private static final String HEAP = "128m";

  private final Workshop shop;
  private final long mib;
  private final Clients clients;

  /** Contests that transfer so much to each leech. */
  public SwarmContests(Workshop shop, long mib) {
    this.shop = shop;
    this.mib = mib;
    this.clients = new Clients(shop, mib);
  }

  /** From one to many, and from many to one. */
  public List<Contest> all() {
    return List.of(
        contest("fanout: one seed, %d leeches, %d MiB each".formatted(MANY, mib), 1, MANY),
        contest("fanin: %d seeds, one leech, %d MiB".formatted(MANY, mib), MANY, 1));
  }

  private Contest contest(String name, int seeds, int leeches) {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(
        new Contender("webtorrent4j", () -> run(seeds, leeches, this::seed, this::leech)));
    if (shop.has(Rival.LIBTORRENT)) {
      contenders.add(
          new Contender(
              Rival.LIBTORRENT.label(),
              () ->
                  run(
                      seeds,
                      leeches,
                      () -> clients.libtorrent("seed", shop.folder()),
                      copy -> clients.libtorrent("leech", copy, "--wait"))));
    }
    return new Contest(name, Figure.SPEED, contenders);
  }

  private interface SeedStarter {
    Program start() throws IOException;
  }

  private interface LeechStarter {
    Program start(Path copy) throws IOException;
  }

  private Program seed() throws IOException {
    return clients.smallSeed(HEAP, "");
  }

  private Program leech(Path copy) throws IOException {
    return Program.javaWithHeap(
        HEAP, Node.class, "join", "tcp", shop.torrent(mib).toString(), copy.toString());
  }

  private Sample run(int seedCount, int leechCount, SeedStarter newSeed, LeechStarter newLeech)
      throws IOException {
    List<Program> seeds = new ArrayList<>();
    List<Program> leeches = new ArrayList<>();
    List<Path> copies = new ArrayList<>();
    shop.torrent(mib);
    try {
      for (int i = 0; i < seedCount; i++) {
        seeds.add(newSeed.start());
      }
      for (int i = 0; i < leechCount; i++) {
        copies.add(shop.newFolder());
        leeches.add(newLeech.start(copies.get(i)));
      }
      Sample sample = transfer(seeds, leeches);
      for (Path copy : copies) {
        clients.check(copy);
      }
      return sample;
    } finally {
      for (Program leech : leeches) {
        leech.close();
      }
      for (Program seed : seeds) {
        seed.close();
      }
    }
  }

  private Sample transfer(List<Program> seeds, List<Program> leeches) throws IOException {
    List<String> ports = new ArrayList<>();
    for (Program seed : seeds) {
      ports.add(port(seed));
    }
    List<String> known = new ArrayList<>();
    for (Program leech : leeches) {
      String port = port(leech);
      known.add(String.join(" ", ports));
      ports.add(port);
    }
    Usage usage = new Usage(seeds);
    long begin = System.nanoTime();
    for (int i = 0; i < leeches.size(); i++) {
      leeches.get(i).tell(known.get(i));
    }
    for (Program leech : leeches) {
      leech.expect("RESULT");
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return usage.sample(seconds, clients.bytes() * leeches.size(), leeches);
  }

  private static String port(Program program) throws IOException {
    return program.expect("READY").split(" ", -1)[0];
  }
}
