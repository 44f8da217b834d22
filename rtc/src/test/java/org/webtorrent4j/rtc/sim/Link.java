package org.webtorrent4j.rtc.sim;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** One direction between two hosts. Several senders that share one share its rate and its queue. */
public final class Link {
  private static final long SECOND = 1_000_000_000;

  private final SimNet net;
  private Path path;
  private long freeAt;
  private long lastArrival;
  private long burstUntil;
  private long sent;
  private long dropped;

  /** A link that is free. */
  public Link(SimNet net, Path path) {
    this.net = net;
    this.path = path;
  }

  /** Treats packets differently from now on. */
  public void become(Path other) {
    path = other;
  }

  /** Packets that were given to the link. */
  public long sent() {
    return sent;
  }

  /** Packets that vanished. */
  public long dropped() {
    return dropped;
  }

  /** Carries a copy of the bytes to the other end, perhaps. */
  public void send(byte[] bytes, int offset, int length, Consumer<byte[]> arrival) {
    sent++;
    if (length > path.mtu() || isLost() || !hasRoom(length)) {
      dropped++;
      return;
    }
    byte[] packet = Arrays.copyOfRange(bytes, offset, offset + length);
    Random random = net.random();
    if (random.nextDouble() < path.corrupt()) {
      packet[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
    }
    deliver(packet, arrival);
    if (random.nextDouble() < path.duplicate()) {
      deliver(packet.clone(), arrival);
    }
  }

  private void deliver(byte[] packet, Consumer<byte[]> arrival) {
    long begin = Math.max(net.now(), freeAt);
    freeAt = path.rate() == 0 ? begin : begin + packet.length * SECOND / path.rate();
    long jitter = path.jitterNanos() == 0 ? 0 : net.random().nextLong(path.jitterNanos());
    long time = Math.max(freeAt + path.delayNanos() + jitter, lastArrival);
    if (net.random().nextDouble() < path.reorder()) {
      time += path.reorderNanos();
    } else {
      lastArrival = time;
    }
    net.at(time, () -> arrival.accept(packet));
  }

  private boolean isLost() {
    Random random = net.random();
    if (net.now() < burstUntil) {
      return true;
    }
    if (random.nextDouble() < path.burstLoss()) {
      burstUntil = net.now() + random.nextLong(2 * path.burstNanos());
      return true;
    }
    return random.nextDouble() < path.loss();
  }

  private boolean hasRoom(int length) {
    long waiting = path.rate() == 0 ? 0 : Math.max(0, freeAt - net.now()) * path.rate() / SECOND;
    return waiting + length <= path.queue();
  }
}
