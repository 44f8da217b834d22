package org.webtorrent4j.webrtc.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PureEngineTest {
  private final PureHost here = PureHost.open();
  private final PureHost there = PureHost.open();

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  @Test
  void bytesGoBothWaysAtOnce() {
    PureHost.Pair pair = here.connect(there);
    long amount = 64L << 20;
    CompletableFuture<Boolean> atAnswerer = pair.answerer().expect(amount);
    CompletableFuture<Boolean> atOfferer = pair.offerer().expect(amount);

    pair.offerer().send(amount);
    pair.answerer().send(amount);

    assertTrue(PureHost.get(atAnswerer));
    assertTrue(PureHost.get(atOfferer));
  }

  @Test
  void remoteAddressIsWhereTheOtherIs() {
    PureHost.Pair pair = here.connect(there);

    InetSocketAddress address =
        (InetSocketAddress) here.call(() -> pair.offerer().peer().remoteAddress());

    String written = address.getAddress().getHostAddress() + " " + address.getPort() + " typ host";
    assertTrue(PureHost.get(pair.answerer().description).contains(written), written);
  }

  @Test
  void twoEnginesHaveSeveralConnections() {
    List<PureHost.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      pairs.add(i % 2 == 0 ? here.connect(there) : there.connect(here));
    }

    for (PureHost.Pair pair : pairs) {
      CompletableFuture<Boolean> arrived = pair.answerer().expect(100_000);
      pair.offerer().send(100_000);
      assertTrue(PureHost.get(arrived));
    }
  }

  @Test
  void bothEndsKnowWhenOneCloses() {
    PureHost.Pair pair = here.connect(there);

    pair.offerer().close();

    assertEquals(Optional.empty(), PureHost.get(pair.offerer().closed));
    assertEquals(Optional.empty(), PureHost.get(pair.answerer().closed));
  }

  @Test
  void peersOfClosedEngineEnd() {
    PureHost.Pair pair;
    try (PureHost closing = PureHost.open()) {
      pair = closing.connect(there);
    }

    assertEquals(Optional.empty(), PureHost.get(pair.offerer().closed));
    assertEquals(Optional.empty(), PureHost.get(pair.answerer().closed));
  }

  @Test
  void answerThatIsNoneClosesThePeer() {
    End offerer = here.offer();

    offerer.accept("v=0\r\nnothing else");

    assertTrue(PureHost.get(offerer.closed).isPresent());
  }

  @Test
  void offerThatIsNoneClosesThePeer() {
    End answerer = here.answer("nothing");

    assertTrue(PureHost.get(answerer.closed).isPresent());
  }

  @Test
  void peerThatIsNotTheOneOfTheDescriptionIsRefused() {
    End offerer = here.offer();
    End answerer = there.answer(PureHost.get(offerer.description));
    String answer = PureHost.get(answerer.description);

    offerer.accept(answer.replaceFirst("sha-256 ..:..:..:..", "sha-256 00:00:00:00"));

    Optional<IOException> cause = PureHost.get(offerer.closed);
    assertTrue(cause.isPresent());
    assertTrue(PureHost.get(answerer.closed).isPresent());
  }

  @Test
  void peerThatNobodyAnswersEndsAtTheDeadline() {
    try (PureHost hurried = PureHost.openWith(Duration.ofMillis(200))) {
      End lost = there.offer();
      End alone = hurried.answer(PureHost.get(lost.description));

      assertTrue(PureHost.get(alone.closed).isPresent());
    }
  }
}
