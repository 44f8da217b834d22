package org.webtorrent4j.benchmarks.compare.contests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.webtorrent4j.benchmarks.compare.measure.Program;
import org.webtorrent4j.benchmarks.compare.program.Node;

/** Starts clients for one content of a workshop, each in a process of its own. */
final class Clients {
  static final String PYTHON = "/usr/bin/python3";

  private final Workshop shop;
  private final long mib;

  Clients(Workshop shop, long mib) {
    this.shop = shop;
    this.mib = mib;
  }

  long bytes() {
    return mib << 20;
  }

  /** A seed of ours, with a tracker's URL or an empty text. */
  Program seed(String transport, String tracker) throws IOException {
    return seed(Program.HEAP, transport, announced(), tracker);
  }

  /** A seed of ours over TCP, of those that share a small machine. */
  Program smallSeed(String heap, String tracker) throws IOException {
    // Several at once must not write the same torrent file.
    return seed(heap, "tcp", shop.newFolder().resolve("seed.torrent"), tracker);
  }

  private Program seed(String heap, String transport, Path torrent, String tracker)
      throws IOException {
    return Program.javaWithHeap(
        heap,
        Node.class,
        "seed",
        transport,
        shop.content(mib).toString(),
        torrent.toString(),
        tracker);
  }

  /** A leech of ours, with the port of a seed or, if the seed has a tracker, an empty text. */
  Program leech(String transport, Path copy, String port) throws IOException {
    return Program.java(
        Node.class, "leech", transport, announced().toString(), copy.toString(), port);
  }

  /** A leech of ours over TCP that has downloaded all before and waits to be told a port. */
  Program warmLeech(Path copy, String port) throws IOException {
    return Program.java(Node.class, "warm", "tcp", announced().toString(), copy.toString(), port);
  }

  /** The torrent file that a seed of ours writes: it names the tracker. */
  private Path announced() {
    return shop.folder().resolve("announced-" + mib + ".torrent");
  }

  /** libtorrent in its Python binding, as a seed or a leech. */
  Program libtorrent(String mode, Path folder, String... more) throws IOException {
    return script(List.of(PYTHON, shop.peer("libtorrent-peer.py"), mode), folder, more);
  }

  /** webtorrent for Node, as a seed or a leech. */
  Program webtorrent(String mode, Path folder, String... more) throws IOException {
    return script(List.of("node", shop.peer("webtorrent.mjs"), mode), folder, more);
  }

  private Program script(List<String> program, Path folder, String... more) throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("--torrent", shop.torrent(mib).toString(), "--dir", folder.toString()));
    command.addAll(List.of("--timeout", "300"));
    Collections.addAll(command, more);
    return Program.start(command);
  }

  /** Fails unless a folder has a copy of the content; deletes it. */
  void check(Path copy) throws IOException {
    shop.check(mib, copy);
  }
}
