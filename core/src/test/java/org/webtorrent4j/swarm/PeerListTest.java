package org.webtorrent4j.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.metainfo.PeerId;

class PeerListTest {
  private final PeerList list = new PeerList();
  private long now = 1_000;

  private static InetSocketAddress address(int host, int port) {
    return new InetSocketAddress("10.0." + (host >> 8) + "." + (host & 255), port);
  }

  private @Nullable PeerAddress add(int host, int port) {
    return list.add(address(host, port), PeerAddress.Source.TRACKER, now);
  }

  @Test
  void addressIsTriedOnceUntilItFails() {
    PeerAddress peer = add(1, 6881);
    assertNotNull(peer);

    assertSame(peer, list.next(now));
    assertNull(list.next(now));
    assertSame(peer, add(1, 6881));
    assertNull(list.next(now));
  }

  @Test
  void failuresAreFollowedByLongerAndLongerWaits() {
    PeerAddress peer = add(1, 6881);
    assertNotNull(peer);
    long lastWait = 0;
    for (int i = 0; i < 4; i++) {
      assertSame(peer, list.next(now));
      list.onFailed(peer, now);
      assertTrue(list.nanosToNext(now) > 0);
      long wait = peer.nextTryNanos - now;
      assertTrue(wait > lastWait);
      lastWait = wait;
      now = peer.nextTryNanos;
    }
  }

  @Test
  void hopelessAddressIsForgottenUnlessTheUserGaveIt() {
    PeerAddress tracker = add(1, 6881);
    assertNotNull(tracker);
    PeerAddress user = list.add(address(2, 6881), PeerAddress.Source.USER, now);
    assertNotNull(user);
    for (int i = 0; i < 20; i++) {
      now += Duration.ofHours(1).toNanos();
      for (PeerAddress next = list.next(now); next != null; next = list.next(now)) {
        list.onFailed(next, now);
      }
    }

    assertEquals(1, list.size());
    now += Duration.ofHours(1).toNanos();
    assertSame(user, list.next(now));
    assertFalse(tracker.isWaiting);
  }

  @Test
  void addressOfTheUserIsTriedAtOnceAgain() {
    PeerAddress peer = add(1, 6881);
    assertNotNull(peer);
    list.next(now);
    list.onFailed(peer, now);
    assertNull(list.next(now));

    list.add(peer.address, PeerAddress.Source.USER, now);

    assertSame(peer, list.next(now));
  }

  @Test
  void bannedPeerIsRefusedButNotItsNeighbours() {
    PeerId id = PeerId.random(new Random(1));
    add(1, 6881);
    add(1, 6882);

    list.ban(address(1, 6881), id);

    assertTrue(list.isBanned(id));
    assertNull(add(1, 6881));
    assertNotNull(add(1, 6883));
    PeerAddress next = list.next(now);
    assertNotNull(next);
    assertEquals(6882, next.address.getPort());
  }

  @Test
  void hostThatIsBannedAgainAndAgainIsRefusedWhole() {
    for (int port = 1; port <= 3; port++) {
      list.ban(address(1, port), PeerId.random(new Random(port)));
    }

    assertNull(add(1, 9999));
    assertNotNull(add(2, 9999));
  }

  @Test
  void numberOfAddressesIsBounded() {
    for (int host = 0; host < 5000; host++) {
      add(host, 6881);
    }

    assertEquals(3000, list.size());
  }

  @Test
  void uselessAddressesAreNotTaken() {
    assertNull(add(1, 0));
    assertNull(
        list.add(
            InetSocketAddress.createUnresolved("peer.example", 6881),
            PeerAddress.Source.TRACKER,
            now));
  }
}
