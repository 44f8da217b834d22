package org.webtorrent4j.benchmarks.compare.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Many peers that each announce to a tracker over a WebSocket, and announce again as soon as they
 * are answered. Says {@code CONNECTED count} when each has announced once and gone quiet; at a line
 * of input all begin; says {@code BEGIN count} after a while for warming up, and {@code RESULT
 * announces relayed-offers seconds}.
 *
 * <pre>
 * PORT SOCKETS PEERS-PER-TORRENT OFFERS WARM-UP-SECONDS SECONDS
 * </pre>
 */
public final class AnnounceLoad {
  private final Selector selector = Selector.open();
  private final List<AnnounceSocket> sockets = new ArrayList<>();
  private long answers;
  private boolean isRepeating;

  private AnnounceLoad() throws IOException {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    BufferedReader input = Standby.input();
    int[] numbers = new int[args.length];
    for (int i = 0; i < args.length; i++) {
      numbers[i] = Integer.parseInt(args[i]);
    }
    AnnounceLoad load = new AnnounceLoad();
    int count = numbers[1];
    for (int i = 0; i < count; i++) {
      load.sockets.add(
          new AnnounceSocket(numbers[0], load.selector, i / numbers[2], i, numbers[3]));
    }
    load.announce();
    while (load.answers < count) {
      load.read();
    }
    System.out.println("CONNECTED " + count);
    Objects.requireNonNull(input.readLine());
    load.isRepeating = true;
    load.announce();
    load.count(numbers[4]);
    System.out.println("BEGIN " + load.answers);
    long begin = System.nanoTime();
    long relayed = load.relayed();
    long counted = load.count(numbers[5]);
    System.out.printf(
        "RESULT %d %d %.3f%n",
        counted, load.relayed() - relayed, (System.nanoTime() - begin) / 1e9);
    Standby.serve(input);
  }

  private void announce() throws IOException {
    for (AnnounceSocket socket : sockets) {
      socket.announce();
    }
  }

  private long count(int seconds) throws IOException {
    long before = answers;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      read();
    }
    return answers - before;
  }

  private long relayed() {
    return sockets.stream().mapToLong(AnnounceSocket::relayed).sum();
  }

  private void read() throws IOException {
    selector.select(this::read, 100);
  }

  private void read(SelectionKey key) {
    AnnounceSocket socket = (AnnounceSocket) key.attachment();
    try {
      for (int answered = socket.read(); answered > 0; answered--) {
        answers++;
        if (isRepeating) {
          socket.announce();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
