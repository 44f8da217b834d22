package org.webtorrent4j.webrtc.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PureEngineTest {
  private final Host here = Host.open();
  private final Host there = Host.open();

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  @Test
  void bytesGoBothWaysAtOnce() {
    Host.Pair pair = here.connect(there);
    long amount = 64L << 20;
    CompletableFuture<Boolean> atAnswerer = pair.answerer().expect(amount);
    CompletableFuture<Boolean> atOfferer = pair.offerer().expect(amount);

    pair.offerer().send(amount);
    pair.answerer().send(amount);

    assertTrue(Host.get(atAnswerer));
    assertTrue(Host.get(atOfferer));
  }

  @Test
  void remoteAddressIsWhereTheOtherIs() {
    Host.Pair pair = here.connect(there);

    InetSocketAddress address =
        (InetSocketAddress) here.call(() -> pair.offerer().peer().remoteAddress());

    String written = address.getAddress().getHostAddress() + " " + address.getPort() + " typ host";
    assertTrue(Host.get(pair.answerer().description).contains(written), written);
  }

  @Test
  void bothEndsKnowWhenOneCloses() {
    Host.Pair pair = here.connect(there);

    pair.offerer().close();

    assertEquals(Optional.empty(), Host.get(pair.offerer().closed));
    assertEquals(Optional.empty(), Host.get(pair.answerer().closed));
  }

  @Test
  void peersOfClosedEngineEnd() {
    Host.Pair pair;
    try (Host closing = Host.open()) {
      pair = closing.connect(there);
    }

    assertEquals(Optional.empty(), Host.get(pair.offerer().closed));
    assertEquals(Optional.empty(), Host.get(pair.answerer().closed));
  }

  @Test
  void answerThatIsNoneClosesThePeer() {
    End offerer = here.offer();

    offerer.accept("v=0\r\nnothing else");

    assertTrue(Host.get(offerer.closed).isPresent());
  }

  @Test
  void offerThatIsNoneClosesThePeer() {
    End answerer = here.answer("nothing");

    assertTrue(Host.get(answerer.closed).isPresent());
  }

  @Test
  void peerThatIsNotTheOneOfTheDescriptionIsRefused() {
    End offerer = here.offer();
    End answerer = there.answer(Host.get(offerer.description));
    String answer = Host.get(answerer.description);

    offerer.accept(answer.replaceFirst("sha-256 ..:..:..:..", "sha-256 00:00:00:00"));

    Optional<IOException> cause = Host.get(offerer.closed);
    assertTrue(cause.isPresent());
    assertTrue(Host.get(answerer.closed).isPresent());
  }

  @Test
  void peerThatNobodyAnswersEndsAtTheDeadline() {
    try (Host hurried = Host.openWith(Duration.ofMillis(200))) {
      End lost = there.offer();
      End alone = hurried.answer(Host.get(lost.description));

      assertTrue(Host.get(alone.closed).isPresent());
    }
  }
}
