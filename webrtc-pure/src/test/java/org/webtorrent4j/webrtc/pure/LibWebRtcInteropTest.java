package org.webtorrent4j.webrtc.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.webrtc.libwebrtc.LibWebRtc;

/** Ours against libwebrtc, which is what browsers use, in one process. */
class LibWebRtcInteropTest {
  private static final long AMOUNT = 16L << 20;

  private PureHost ours;
  private PureHost theirs;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(!LocalAddresses.find(false).isEmpty(), "libwebrtc does not use loopback");
    LibWebRtc provider = new LibWebRtc();
    assumeTrue(provider.unavailable().isEmpty(), "no libwebrtc here");
    ours = PureHost.open(new PureRtc(), false);
    theirs = PureHost.open(provider, false);
  }

  @AfterEach
  void close() {
    if (ours != null) {
      ours.close();
    }
    if (theirs != null) {
      theirs.close();
    }
  }

  @Test
  void bytesGoBothWaysWhenWeOffer() {
    exchange(ours.connect(theirs));
  }

  @Test
  void bytesGoBothWaysWhenWeAnswer() {
    exchange(theirs.connect(ours));
  }

  private static void exchange(PureHost.Pair pair) {
    CompletableFuture<Boolean> atAnswerer = pair.answerer().expect(AMOUNT);
    CompletableFuture<Boolean> atOfferer = pair.offerer().expect(AMOUNT);

    pair.offerer().send(AMOUNT);
    pair.answerer().send(AMOUNT);

    assertTrue(PureHost.get(atAnswerer));
    assertTrue(PureHost.get(atOfferer));
  }

  @Test
  void theyKnowWhenWeClose() {
    PureHost.Pair pair = ours.connect(theirs);

    pair.offerer().close();

    assertEquals(Optional.empty(), PureHost.get(pair.answerer().closed));
  }

  @Test
  void weKnowWhenTheyClose() {
    PureHost.Pair pair = theirs.connect(ours);

    pair.offerer().close();

    assertEquals(Optional.empty(), PureHost.get(pair.answerer().closed));
  }

  @Test
  void severalOfTheirPeersShareOurPort() {
    for (int i = 0; i < 5; i++) {
      PureHost.Pair pair = i % 2 == 0 ? ours.connect(theirs) : theirs.connect(ours);
      CompletableFuture<Boolean> arrived = pair.answerer().expect(1000);
      pair.offerer().send(1000);
      assertTrue(PureHost.get(arrived));
    }
  }
}
