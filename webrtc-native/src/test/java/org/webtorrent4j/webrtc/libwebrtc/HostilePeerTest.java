package org.webtorrent4j.webrtc.libwebrtc;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers on the far end of webrtc-java itself that do what ours never would. */
@Timeout(120)
class HostilePeerTest {
  private static final int LIMIT = 2 * 1024 * 1024;

  private final RtcHost host = RtcHost.open(new Limits(LIMIT, 200));
  private final RawPeer raw = new RawPeer();

  @BeforeEach
  void bePatient() {
    org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(RtcHost.PATIENCE_SECONDS));
  }

  @AfterEach
  void close() {
    raw.close();
    host.close();
  }

  @Test
  void messagesOfAnySizeAreAStreamAndEmptyOnesNothing() {
    TestPeer peer = RawPeer.connect(raw, host);

    raw.send(0);
    raw.send(1);
    raw.send(262_144);
    raw.send(0);
    raw.send(65_537);

    await().until(() -> peer.received.get() == 1 + 262_144 + 65_537);
    peer.write(1000);
    await().until(() -> raw.received.get() == 1000);
  }

  @Test
  void textEndsThePeer() {
    TestPeer peer = RawPeer.connect(raw, host);

    raw.sendText("hello");

    assertEquals("a text message", peer.closeReason());
    assertInstanceOf(ProtocolException.class, RtcHost.get(peer.closed).orElseThrow());
    await().until(() -> !raw.isOpen());
  }

  @Test
  void anotherChannelIsClosedAndTheFirstGoesOn() {
    TestPeer peer = RawPeer.connect(raw, host);

    raw.openAnotherChannel();
    raw.send(5);

    await().until(() -> peer.received.get() == 5);
    assertFalse(peer.closed.isDone());
  }

  @Test
  void manyChannelsEndThePeer() {
    TestPeer peer = RawPeer.connect(raw, host);

    for (int i = 0; i < 12; i++) {
      raw.openAnotherChannel();
    }

    assertEquals("the peer opens more and more channels", peer.closeReason());
  }

  @Test
  void peerThatFillsOurMemoryWhileTheLoopIsBusyIsClosed() throws Exception {
    TestPeer peer = RawPeer.connect(raw, host);
    CountDownLatch free = new CountDownLatch(1);
    host.loop()
        .execute(
            () -> {
              try {
                free.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });

    // The raw peer may never hear of the end, if that one packet is lost in the flood.
    Counters counters = host.engine().counters();
    for (int i = 0; i < 10_000 && counters.closed.get() == 0; i++) {
      raw.sendIfThereIsRoom(65_536);
      assertTrue(host.engine().pool().lent() < 2 * LIMIT / 65_536);
    }
    await().until(() -> counters.closed.get() == 1);
    free.countDown();

    assertTrue(peer.closeReason().contains("more was received than can be kept"));
  }

  @Test
  void factoryThatIsWornGetsNoNewPeersAndEndsWithItsLast() {
    TestPeer worn = RawPeer.connect(raw, host);
    Counters counters = host.engine().counters();
    assertEquals(1, counters.factoriesOpened.get());

    for (int i = 0; i < 250; i++) {
      raw.send(10);
    }
    await().until(() -> worn.received.get() == 2500);
    // Every shard gets one, so one comes to where the worn factory is.
    host.offer();
    host.offer();
    host.offer();
    host.offer();
    await().until(() -> counters.factoriesOpened.get() >= 3);
    assertEquals(0, counters.factoriesDisposed.get());
    assertFalse(worn.closed.isDone());

    worn.close();

    await().until(() -> counters.factoriesDisposed.get() == 1);
  }

  @Test
  void noisiestPeerOfAFactoryHasToGo() {
    TestPeer peer = RawPeer.connect(raw, host);

    for (int i = 0; i < 450 && raw.isOpen(); i++) {
      raw.send(10);
    }

    assertTrue(peer.closeReason().contains("to free memory"));
    await().until(() -> host.engine().counters().factoriesDisposed.get() == 1);
  }
}
