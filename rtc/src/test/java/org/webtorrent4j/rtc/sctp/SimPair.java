package org.webtorrent4j.rtc.sctp;

import java.util.Random;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;
import org.webtorrent4j.rtc.sim.Link;
import org.webtorrent4j.rtc.sim.Path;
import org.webtorrent4j.rtc.sim.SimNet;

/** Two ends of an association with a link each way. */
final class SimPair {
  static final long SECOND = 1_000_000_000;

  final SimNet net;
  final Link there;
  final Link back;
  final SimHost a;
  final SimHost b;

  SimPair(long seed, Path path) {
    this(seed, path, SctpSettings.ofStream());
  }

  SimPair(long seed, Path path, SctpSettings settings) {
    this(new SimNet(seed), path, settings);
  }

  SimPair(SimNet net, Path path, SctpSettings settings) {
    this(net, new Link(net, path), new Link(net, path), settings);
  }

  SimPair(SimNet net, Link there, Link back, SctpSettings settings) {
    this.net = net;
    this.there = there;
    this.back = back;
    PacketBuffer packet = new PacketBuffer();
    a = new SimHost(net, there, packet, settings, nearTheWrap(net.random()));
    b = new SimHost(net, back, packet, settings, nearTheWrap(net.random()));
    SimHost.join(a, b);
  }

  /** Chance of which the second number, which is the first TSN, is close to the wrap. */
  private static Random nearTheWrap(Random seeds) {
    return new Random(seeds.nextLong()) {
      private int calls;

      @Override
      public int nextInt() {
        return ++calls == 2 ? -1 - super.nextInt(40) : super.nextInt();
      }
    };
  }

  /** Both ends connect at once. */
  SimPair connect() {
    a.connect();
    b.connect();
    return this;
  }

  boolean areEstablished() {
    return a.association.isEstablished() && b.association.isEstablished();
  }

  /** Runs until both have what the other was to send; whether that came to be. */
  boolean transfer(long seconds) {
    return net.runUntil(() -> b.read >= a.toSend && a.read >= b.toSend, seconds * SECOND);
  }
}
