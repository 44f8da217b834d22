package org.webtorrent4j.tracker.server.swarm;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.tracker.AnnounceEvent;

/**
 * All swarms, whatever protocol their peers announce with, in bounded memory: what is silent too
 * long is forgotten, and the address that holds most makes room for newcomers. A torrent is held by
 * the address that brought it, until that has to make room and others are in the swarm. Counts of
 * completed downloads live as long as their swarm does. Thread-safe by one lock, held for
 * microseconds.
 */
public final class SwarmTable {
  /**
   * What a peer is told.
   *
   * @param counts of its torrent
   * @param peers others, of which none is itself
   */
  public record Answer(SwarmCounts counts, List<KnownPeer> peers) {}

  private final SwarmLimits limits;
  private final LongSupplier nanoClock;
  private final RandomGenerator random;
  private final Object lock = new Object();

  /** The one silent longest comes first; none is empty. */
  private final Map<InfoHash, Swarm> swarms = new LinkedHashMap<>();

  private final Shares<Swarm> torrents = new Shares<>();
  private final Shares<PeerEntry> peers = new Shares<>();
  private int seeds;
  private int leeches;
  private int signalled;
  private int ipv6;

  /**
   * An empty table.
   *
   * @param random drawn from under the lock
   */
  public SwarmTable(SwarmLimits limits, LongSupplier nanoClock, RandomGenerator random) {
    this.limits = limits;
    this.nanoClock = nanoClock;
    this.random = random;
  }

  /** Takes in what a peer told, and answers with the counts and some other peers. */
  public Answer announce(PeerAnnounce announce) {
    synchronized (lock) {
      long nanoTime = nanoClock.getAsLong();
      sweep(nanoTime);
      Swarm swarm =
          take(announce.infoHash()).orElseGet(() -> new Swarm(announce.infoHash(), limits, peers));
      swarm.expire(nanoTime);
      if (announce.isReachable()) {
        swarm.announce(announce, nanoTime);
      }
      if (swarm.isEmpty()) {
        torrents.remove(swarm);
      } else {
        put(swarm);
        if (announce.isReachable() && announce.event() != AnnounceEvent.STOPPED) {
          makeRoom(swarm, announce);
        }
      }
      List<KnownPeer> picked = new ArrayList<>();
      if (announce.event() != AnnounceEvent.STOPPED) {
        for (PeerEntry peer : swarm.pick(announce, random)) {
          picked.add(new KnownPeer(peer.peerId, peer.endpoint, peer.link));
        }
      }
      return new Answer(swarm.counts(), picked);
    }
  }

  /** The counts of a torrent, if it has peers. */
  public Optional<SwarmCounts> scrape(InfoHash infoHash) {
    synchronized (lock) {
      Swarm swarm = swarms.get(infoHash);
      if (swarm == null) {
        return Optional.empty();
      }
      count(swarm, -1);
      swarm.expire(nanoClock.getAsLong());
      count(swarm, 1);
      return forgetIfEmpty(swarm) ? Optional.empty() : Optional.of(swarm.counts());
    }
  }

  /** Closes a link and forgets all its peers. Idempotent. */
  public void leave(Link link) {
    synchronized (lock) {
      link.close();
      for (PeerEntry peer = link.oldest(); peer != null; peer = link.oldest()) {
        remove(peer);
      }
    }
  }

  /**
   * Forgets whoever has been silent for too long, also where nobody announces any more. Meant to be
   * called every few seconds; announces need not wait for the end of it.
   */
  public void expire() {
    List<InfoHash> infoHashes;
    synchronized (lock) {
      sweep(nanoClock.getAsLong());
      infoHashes = List.copyOf(swarms.keySet());
    }
    infoHashes.forEach(this::scrape);
  }

  /** How many torrents there are. */
  public int torrents() {
    synchronized (lock) {
      sweep(nanoClock.getAsLong());
      return swarms.size();
    }
  }

  /** The counts of all torrents together; peers that have just fallen silent may be among them. */
  public SwarmCounts counts() {
    synchronized (lock) {
      sweep(nanoClock.getAsLong());
      return new SwarmCounts(seeds, leeches, signalled, ipv6, 0);
    }
  }

  /** Forgets the swarms in which nobody has announced for too long; each is paid for once. */
  private void sweep(long nanoTime) {
    long lifeNanos = limits.longestLifeNanos();
    while (!swarms.isEmpty() && nanoTime - oldest().lastSeen() > lifeNanos) {
      forgetOldest();
    }
  }

  private void makeRoom(Swarm swarm, PeerAnnounce announce) {
    InetAddress address = announce.endpoint().getAddress();
    if (announce.link() != null && announce.link().size() > limits.peersPerLink()) {
      Optional.ofNullable(announce.link().oldest()).ifPresent(this::remove);
    }
    if (peers.of(address) > limits.peersOfAddress()) {
      peers.oldestOf(address).ifPresent(this::remove);
    }
    if (torrents.beside(swarm) == 0 && !swarm.isEmpty()) {
      torrents.add(address, swarm);
      if (torrents.of(address) > limits.torrentsOfAddress()) {
        torrents.oldestOf(address).ifPresent(this::forgetOrCharge);
      }
    }
    torrents.renew(swarm);
    while (swarms.size() > limits.torrents()) {
      torrents.oldestOfLargest().ifPresentOrElse(this::forgetOrCharge, this::forgetOldest);
    }
    while (seeds + leeches > limits.peers() && peersMakeRoom()) {}
  }

  /** A torrent that others have joined who hold less is theirs: nobody can have it forgotten. */
  private void forgetOrCharge(Swarm swarm) {
    int held = torrents.beside(swarm);
    Optional<InetAddress> other = swarm.findAddress(address -> torrents.of(address) + 1 < held);
    if (other.isPresent()) {
      torrents.remove(swarm);
      torrents.add(other.get(), swarm);
    } else {
      forget(swarm);
    }
  }

  private boolean peersMakeRoom() {
    Optional<PeerEntry> oldest = peers.oldestOfLargest();
    if (oldest.isPresent()) {
      remove(oldest.get());
    } else if (swarms.size() > 1) {
      forgetOldest();
    } else {
      return false;
    }
    return true;
  }

  private Swarm oldest() {
    return swarms.values().iterator().next();
  }

  private void forgetOldest() {
    forget(oldest());
  }

  private void forget(Swarm swarm) {
    take(swarm.infoHash());
    swarm.clear();
    torrents.remove(swarm);
  }

  private void remove(PeerEntry peer) {
    count(peer.swarm, -1);
    peer.swarm.remove(peer);
    count(peer.swarm, 1);
    forgetIfEmpty(peer.swarm);
  }

  private boolean forgetIfEmpty(Swarm swarm) {
    if (swarm.isEmpty()) {
      swarms.remove(swarm.infoHash());
      torrents.remove(swarm);
    }
    return swarm.isEmpty();
  }

  private Optional<Swarm> take(InfoHash infoHash) {
    Swarm swarm = swarms.remove(infoHash);
    if (swarm != null) {
      count(swarm, -1);
    }
    return Optional.ofNullable(swarm);
  }

  private void put(Swarm swarm) {
    swarms.put(swarm.infoHash(), swarm);
    count(swarm, 1);
  }

  private void count(Swarm swarm, int sign) {
    SwarmCounts counts = swarm.counts();
    seeds += sign * counts.seeds();
    leeches += sign * counts.leeches();
    signalled += sign * counts.signalled();
    ipv6 += sign * counts.ipv6();
  }
}
