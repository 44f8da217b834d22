package org.webtorrent4j.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChokerTest {
  private static final int PIECE = 16 << 10;

  private final Choker choker = new Choker(() -> 5, new Random(1));
  private long now = Duration.ofHours(1).toNanos();

  private static final class FakePeer implements Choker.Candidate {
    boolean isInterested = true;
    boolean isUnchoked;
    boolean wasUnchoked;
    boolean isSnubbed;
    boolean isOptimistic;
    long unchokedNanos;
    long rate;
    long sent;
    int turns;

    @Override
    public boolean isInterested() {
      return isInterested;
    }

    @Override
    public boolean isUnchoked() {
      return isUnchoked;
    }

    @Override
    public boolean isSnubbed() {
      return isSnubbed;
    }

    @Override
    public boolean isOptimistic() {
      return isOptimistic;
    }

    @Override
    public long unchokedNanos() {
      return unchokedNanos;
    }

    @Override
    public long connectedNanos() {
      return 0;
    }

    @Override
    public long rate() {
      return rate;
    }

    @Override
    public boolean wasUnchoked() {
      return wasUnchoked;
    }

    @Override
    public long sentInTurn() {
      return sent;
    }

    @Override
    public void unchoke(boolean optimistic, long nanoTime) {
      turns += isUnchoked ? 0 : 1;
      isUnchoked = true;
      wasUnchoked = true;
      isOptimistic = optimistic;
      unchokedNanos = nanoTime;
      sent = 0;
    }

    @Override
    public void choke() {
      isUnchoked = false;
      isOptimistic = false;
    }
  }

  private static List<FakePeer> peers(int count) {
    List<FakePeer> peers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FakePeer peer = new FakePeer();
      peer.rate = i * 1000L;
      peers.add(peer);
    }
    return peers;
  }

  private static long unchoked(List<FakePeer> peers) {
    return peers.stream().filter(p -> p.isUnchoked).count();
  }

  @Test
  void freeSlotIsFilledAtOnce() {
    List<FakePeer> peers = peers(9);

    choker.fill(peers, now);
    assertEquals(5, unchoked(peers));
    peers.remove(peers.stream().filter(p -> p.isUnchoked).findFirst().orElseThrow());
    assertEquals(4, unchoked(peers));
    choker.fill(peers, now);

    assertEquals(5, unchoked(peers));
  }

  @Test
  void uninterestedPeersHoldNoSlot() {
    List<FakePeer> peers = peers(6);
    choker.fill(peers, now);
    peers.stream().filter(p -> p.isUnchoked).forEach(p -> p.isInterested = false);

    choker.rechoke(peers, false, PIECE, now);

    assertEquals(1, unchoked(peers));
    assertTrue(peers.stream().noneMatch(p -> p.isUnchoked && !p.isInterested));
  }

  @Test
  void fastestPeersAreServedAndOneByLuck() {
    List<FakePeer> peers = peers(20);

    choker.rechoke(peers, false, PIECE, now);

    for (FakePeer fast : peers.subList(16, 20)) {
      assertTrue(fast.isUnchoked && !fast.isOptimistic);
    }
    assertEquals(5, unchoked(peers));
    assertEquals(1, peers.stream().filter(p -> p.isOptimistic).count());
  }

  @Test
  void snubbedPeersComeLast() {
    List<FakePeer> peers = peers(20);
    peers.get(19).isSnubbed = true;

    choker.rechoke(peers, false, PIECE, now);

    assertFalse(peers.get(19).isUnchoked && !peers.get(19).isOptimistic);
    assertTrue(peers.get(15).isUnchoked);
  }

  @Test
  void optimisticSlotMovesOnAfterThirtySeconds() {
    List<FakePeer> peers = peers(20);
    Set<FakePeer> lucky = new HashSet<>();
    for (int round = 0; round < 40; round++) {
      choker.rechoke(peers, false, PIECE, now);
      peers.stream().filter(p -> p.isOptimistic).forEach(lucky::add);
      now += Choker.INTERVAL_NANOS;
    }

    assertTrue(lucky.size() >= 8, "only " + lucky.size());
  }

  @Test
  void optimisticPeerThatProvesFastKeepsASlot() {
    List<FakePeer> peers = peers(20);
    choker.rechoke(peers, false, PIECE, now);
    FakePeer lucky = peers.stream().filter(p -> p.isOptimistic).findFirst().orElseThrow();
    lucky.rate = 1_000_000;

    now += Duration.ofSeconds(30).toNanos();
    choker.rechoke(peers, false, PIECE, now);

    assertTrue(lucky.isUnchoked && !lucky.isOptimistic);
  }

  @Test
  void seedServesInTurns() {
    List<FakePeer> peers = peers(15);
    Set<FakePeer> served = new HashSet<>();
    for (int round = 0; round < 30; round++) {
      choker.rechoke(peers, true, PIECE, now);
      assertEquals(5, unchoked(peers));
      for (FakePeer peer : peers) {
        if (peer.isUnchoked) {
          served.add(peer);
          peer.sent += 10L * PIECE;
        }
      }
      now += Choker.INTERVAL_NANOS;
    }

    assertEquals(15, served.size());
  }

  @Test
  void seedDoesNotCutATurnShort() {
    List<FakePeer> peers = peers(15);
    choker.rechoke(peers, true, PIECE, now);
    List<FakePeer> first = peers.stream().filter(p -> p.isUnchoked).toList();

    first.forEach(p -> p.sent = 10L * PIECE);
    now += Choker.INTERVAL_NANOS;
    choker.rechoke(peers, true, PIECE, now);

    assertTrue(first.stream().allMatch(p -> p.isUnchoked));
  }

  @Test
  void seedGivesTheTurnOfWhoTakesNothingToSomebodyElse() {
    List<FakePeer> silent = peers(8);
    choker.rechoke(silent, true, PIECE, now);
    List<FakePeer> peers = new ArrayList<>(silent);
    List<FakePeer> honest = peers(5);
    peers.addAll(honest);

    for (int i = 0; i < 12; i++) {
      now += Choker.INTERVAL_NANOS;
      choker.rechoke(peers, true, PIECE, now);
      honest.stream().filter(p -> p.isUnchoked).forEach(p -> p.sent += 10L * PIECE);
    }

    assertTrue(honest.stream().filter(p -> p.isUnchoked).count() >= 4);
  }

  @Test
  void slowTurnEndsToo() {
    List<FakePeer> peers = peers(15);
    for (int i = 0; i < 40; i++) {
      choker.rechoke(peers, true, 64 * PIECE, now);
      peers.stream().filter(p -> p.isUnchoked).forEach(p -> p.sent += PIECE);
      now += Choker.INTERVAL_NANOS;
    }

    assertTrue(peers.stream().allMatch(p -> p.wasUnchoked));
  }

  @Test
  void leechWhosePeersHaveNothingForItServesThemInTurns() {
    List<FakePeer> peers = peers(15);
    peers.forEach(p -> p.rate = 0);
    for (int i = 0; i < 40; i++) {
      choker.rechoke(peers, false, PIECE, now);
      peers.stream().filter(p -> p.isUnchoked).forEach(p -> p.sent += 10L * PIECE);
      now += Choker.INTERVAL_NANOS;
    }

    assertTrue(peers.stream().filter(p -> p.turns >= 2).count() == 15);
  }
}
