package org.webtorrent4j.rtc.dtls;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Two ends and a link between them that loses, delays and doubles datagrams, in virtual time. */
final class DtlsLink {
  static final long MILLI = 1_000_000;

  final Random random;
  final End left;
  final End right;
  double loss;
  double late;
  double doubled;
  long delay = 10 * MILLI;
  long now = 1_000 * MILLI;
  int datagrams;

  private final PriorityQueue<Arrival> onTheWay =
      new PriorityQueue<>(Comparator.comparingLong(Arrival::time).thenComparingLong(Arrival::id));
  private long ids;

  /** One end of the link, ours or a foreign one. */
  interface Party {
    void start(long now);

    void receive(byte[] data, long now);

    void onTime(long now);

    long nextTime();

    boolean isUp();
  }

  private record Arrival(long time, long id, End to, Runnable what) {}

  /** What one party says and hears. */
  final class End implements DtlsEndpoint.Output {
    final List<byte[]> sent = new ArrayList<>();
    final List<byte[]> received = new ArrayList<>();
    int ups;
    int downs;
    @Nullable IOException cause;
    @Nullable Party party;

    End peer() {
      return this == left ? right : left;
    }

    @Override
    public void send(byte[] data, int offset, int length) {
      byte[] copy = Arrays.copyOfRange(data, offset, offset + length);
      sent.add(copy);
      datagrams++;
      if (random.nextDouble() >= loss) {
        travel(copy);
      }
      if (random.nextDouble() < doubled) {
        travel(copy);
      }
    }

    private void travel(byte[] datagram) {
      long more = random.nextDouble() < late ? random.nextInt((int) (15 * MILLI)) : 0;
      End to = peer();
      onTheWay.add(
          new Arrival(now + delay + more, ids++, to, () -> to.party().receive(datagram, now)));
    }

    Party party() {
      if (party == null) {
        throw new IllegalStateException("nobody is here");
      }
      return party;
    }

    @Override
    public void onUp() {
      ups++;
    }

    @Override
    public void onPlaintext(byte[] data, int offset, int length) {
      received.add(Arrays.copyOfRange(data, offset, offset + length));
    }

    @Override
    public void onDown(@Nullable IOException why) {
      downs++;
      cause = why;
    }

    @Override
    public void offload(Supplier<LongConsumer> work) {
      LongConsumer done = work.get();
      onTheWay.add(new Arrival(now + 2 * MILLI, ids++, this, () -> done.accept(now)));
    }
  }

  DtlsLink(long seed) {
    random = new Random(seed);
    left = new End();
    right = new End();
  }

  /** An endpoint of ours as a party. */
  static Party ours(DtlsEndpoint endpoint) {
    return new Party() {
      @Override
      public void start(long now) {
        endpoint.start(now);
      }

      @Override
      public void receive(byte[] data, long now) {
        endpoint.receive(data, 0, data.length, now);
      }

      @Override
      public void onTime(long now) {
        endpoint.onTime(now);
      }

      @Override
      public long nextTime() {
        return endpoint.nextTime();
      }

      @Override
      public boolean isUp() {
        return endpoint.isUp();
      }
    };
  }

  void start() {
    right.party().start(now);
    left.party().start(now);
  }

  boolean areUp() {
    return left.party().isUp() && right.party().isUp();
  }

  /** Lets time pass until both are up, or until nothing can change that. */
  boolean runUntilUp(long millis) {
    long end = now + millis * MILLI;
    while (!areUp() && step(end)) {
      // on
    }
    return areUp();
  }

  /** Lets some time pass. */
  void run(long millis) {
    long end = now + millis * MILLI;
    while (step(end)) {
      // on
    }
    now = end;
  }

  private boolean step(long end) {
    Arrival arrival = onTheWay.peek();
    long arrives = arrival == null ? Long.MAX_VALUE : arrival.time();
    long due = Math.min(left.party().nextTime(), right.party().nextTime());
    if (Math.min(arrives, due) > end) {
      return false;
    }
    if (arrives <= due) {
      onTheWay.remove();
      now = Math.max(now, arrives);
      arrival.what().run();
    } else {
      now = Math.max(now, due);
      left.party().onTime(now);
      right.party().onTime(now);
    }
    return true;
  }
}
