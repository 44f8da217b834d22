package org.webtorrent4j.tracker.udp;

import java.net.InetAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.tracker.Tracker;
import org.webtorrent4j.tracker.TrackerFactory;
import org.webtorrent4j.tracker.net.LocalAddresses;

/**
 * Makes clients of {@code udp} trackers, which share one socket per address family. The sockets are
 * opened when they are needed and closed with the last tracker. Confined to the event loop.
 */
public final class UdpTrackerFactory implements TrackerFactory {
  private final EventLoop loop;
  private final Transactions transactions;
  private final AddressSearch.Factory searches;

  /**
   * A factory.
   *
   * @param workers resolves host names, which blocks
   * @param local where the sockets are bound
   * @param random for what keeps strangers from answering in a tracker's place, so not guessable
   */
  public UdpTrackerFactory(
      EventLoop loop, Executor workers, LocalAddresses local, RandomGenerator random) {
    this(
        loop,
        workers,
        InetAddress::getAllByName,
        new Transactions(receiver -> new DatagramSockets(loop, local, receiver), random));
  }

  UdpTrackerFactory(
      EventLoop loop,
      Executor workers,
      AddressSearch.Resolver resolver,
      Transactions transactions) {
    this.loop = loop;
    this.transactions = transactions;
    this.searches = host -> new AddressSearch(loop, workers, resolver, host);
  }

  @Override
  public Set<String> schemes() {
    return Set.of("udp");
  }

  @Override
  public Tracker create(URI uri) {
    return new UdpTracker(loop, UdpTrackerUrl.of(Url.of(uri)), transactions, searches);
  }
}
