package org.webtorrent4j.tracker.server;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.tracker.AnnounceEvent;

/**
 * All swarms, whatever protocol their peers announce with, in bounded memory: what is silent for
 * two intervals is forgotten, and whoever is silent longest makes room for newcomers. Counts of
 * completed downloads live as long as their swarm does. Thread-safe by one lock, held for
 * microseconds.
 */
final class SwarmTable {
  /** A peer as others are told of it. */
  record KnownPeer(PeerId peerId, InetSocketAddress endpoint) {}

  /** What a peer is told. */
  record Answer(Swarm.Counts counts, List<KnownPeer> peers) {}

  private final TrackerOptions options;
  private final LongSupplier nanoClock;
  private final RandomGenerator random;
  private final long lifeNanos;
  private final Object lock = new Object();

  /** The one silent longest comes first; none is empty. */
  private final Map<InfoHash, Swarm> swarms = new LinkedHashMap<>();

  private int seeds;
  private int leeches;
  private int ipv6;

  /**
   * An empty table.
   *
   * @param random drawn from under the lock
   */
  SwarmTable(TrackerOptions options, LongSupplier nanoClock, RandomGenerator random) {
    this.options = options;
    this.nanoClock = nanoClock;
    this.random = random;
    this.lifeNanos = options.announceInterval().toNanos() * 2;
  }

  /** Takes in what a peer told, and answers with the counts and some other peers. */
  Answer announce(PeerAnnounce announce) {
    synchronized (lock) {
      long nanoTime = nanoClock.getAsLong();
      sweep(nanoTime);
      Swarm swarm = take(announce.infoHash()).orElseGet(() -> new Swarm(options));
      swarm.expire(nanoTime - lifeNanos);
      swarm.announce(announce, nanoTime);
      if (!swarm.isEmpty()) {
        put(announce.infoHash(), swarm);
        makeRoom();
      }
      List<KnownPeer> peers = new ArrayList<>();
      if (announce.event() != AnnounceEvent.STOPPED) {
        for (PeerEntry peer : swarm.pick(announce, random)) {
          peers.add(new KnownPeer(peer.peerId, peer.endpoint));
        }
      }
      return new Answer(swarm.counts(), peers);
    }
  }

  /** The counts of a torrent, if it has peers. */
  Optional<Swarm.Counts> scrape(InfoHash infoHash) {
    synchronized (lock) {
      Swarm swarm = swarms.get(infoHash);
      if (swarm == null) {
        return Optional.empty();
      }
      count(swarm, -1);
      swarm.expire(nanoClock.getAsLong() - lifeNanos);
      count(swarm, 1);
      if (swarm.isEmpty()) {
        swarms.remove(infoHash);
        return Optional.empty();
      }
      return Optional.of(swarm.counts());
    }
  }

  /** How many torrents there are. */
  int torrents() {
    synchronized (lock) {
      sweep(nanoClock.getAsLong());
      return swarms.size();
    }
  }

  /** The counts of all torrents together; peers that have just fallen silent may be among them. */
  Swarm.Counts counts() {
    synchronized (lock) {
      sweep(nanoClock.getAsLong());
      return new Swarm.Counts(seeds, leeches, ipv6, 0);
    }
  }

  /** Forgets the swarms in which nobody has announced for too long; each is paid for once. */
  private void sweep(long nanoTime) {
    while (!swarms.isEmpty() && oldest().getValue().lastSeen() - (nanoTime - lifeNanos) < 0) {
      take(oldest().getKey());
    }
  }

  private void makeRoom() {
    while (swarms.size() > options.maxTorrents()
        || (seeds + leeches > options.maxPeers() && swarms.size() > 1)) {
      take(oldest().getKey());
    }
  }

  private Map.Entry<InfoHash, Swarm> oldest() {
    return swarms.entrySet().iterator().next();
  }

  private Optional<Swarm> take(InfoHash infoHash) {
    Swarm swarm = swarms.remove(infoHash);
    if (swarm != null) {
      count(swarm, -1);
    }
    return Optional.ofNullable(swarm);
  }

  private void put(InfoHash infoHash, Swarm swarm) {
    swarms.put(infoHash, swarm);
    count(swarm, 1);
  }

  private void count(Swarm swarm, int sign) {
    Swarm.Counts counts = swarm.counts();
    seeds += sign * counts.seeds();
    leeches += sign * counts.leeches();
    ipv6 += sign * counts.ipv6();
  }
}
