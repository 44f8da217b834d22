package org.webtorrent4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.webtorrent4j.loop.VirtualLoop;

/** Who waits is told, whatever executors do and in whatever order things happen. */
@SuppressWarnings("NullAway") // which torrent it is plays no part here
class MilestonesTest {
  private static final Duration NOW = Duration.ZERO;

  private final VirtualLoop loop = new VirtualLoop();
  private final Deque<Runnable> completions = new ArrayDeque<>();
  private final Milestones milestones = new Milestones(loop, completions::add);

  @Test
  void failureIsToldToThoseWhoWaitAndToThoseWhoAskLater() {
    CompletableFuture<Torrent> before = milestones.completion();

    milestones.onFailed(new TorrentException("the disk is full"));

    completions.remove().run();
    assertTrue(before.isCompletedExceptionally());
    assertTrue(milestones.completion().isCompletedExceptionally());
    TorrentException told =
        assertThrows(TorrentException.class, () -> milestones.awaitCompletion(NOW));
    assertEquals("the disk is full", told.getMessage());
  }

  @Test
  void failureHoldsUntilSomethingIsTriedAgain() throws Exception {
    milestones.onFailed(new TorrentException("the disk is full"));

    milestones.onIncomplete();
    assertThrows(TimeoutException.class, () -> milestones.awaitCompletion(NOW));
    milestones.onComplete(null);

    milestones.awaitCompletion(NOW);
  }

  @Test
  void futureOfBusyExecutorIsNotTheNextOne() {
    milestones.onComplete(null);
    milestones.onIncomplete();

    assertFalse(milestones.completion().isDone());
  }

  @Test
  void failureAfterCompletionIsToldFromThenOn() {
    CompletableFuture<Torrent> reached = milestones.completion();
    milestones.onComplete(null);
    milestones.onFailed(new TorrentException("the file is gone"));
    completions.remove().run();

    assertTrue(reached.isDone() && !reached.isCompletedExceptionally());
    assertTrue(milestones.completion().isCompletedExceptionally());
  }

  @Test
  void completionIsNotThatOfBeforeACallThatTheLoopHasNotSeen() {
    milestones.onComplete(null);

    milestones.act(() -> loop.atTurnEnd(milestones::onIncomplete));
    CompletableFuture<Torrent> asked = milestones.completion();
    assertFalse(asked.isDone());
    loop.runAll();
    assertFalse(asked.isDone());
    milestones.onComplete(null);
    while (!completions.isEmpty()) {
      completions.remove().run();
    }

    assertTrue(asked.isDone());
  }

  @Test
  void callThatChangesNothingKeepsWhatWasReached() throws Exception {
    milestones.onComplete(null);
    milestones.act(() -> {});
    CompletableFuture<Torrent> asked = milestones.completion();
    loop.runAll();
    completions.remove().run();

    assertTrue(asked.isDone());
    assertTrue(milestones.completion().isDone());
    milestones.awaitCompletion(NOW);
  }

  @Test
  void endIsToldEvenToThoseWhomTheLoopNeverSaw() {
    milestones.act(() -> {});
    CompletableFuture<Torrent> asked = milestones.completion();

    milestones.onEnd(new TorrentException("the client is closed"));
    completions.remove().run();

    assertTrue(asked.isCompletedExceptionally());
    assertThrows(TorrentException.class, () -> milestones.awaitMetadata(NOW));
  }

  @Test
  void whatWasReachedOutlivesTheEnd() throws Exception {
    milestones.onComplete(null);
    milestones.onEnd(new TorrentException("the client is closed"));
    milestones.onIncomplete();

    milestones.awaitCompletion(NOW);
  }

  @Test
  void longestDurationIsNoOverflow() throws Exception {
    milestones.onComplete(null);

    milestones.awaitCompletion(ChronoUnit.FOREVER.getDuration());
  }

  @Test
  void failureBeforeTheMetadataIsToldToThoseWhoWaitForIt() throws Exception {
    CompletableFuture<?> asked = milestones.metadata();

    milestones.onFailed(new TorrentException("the metadata is of no use"));
    completions.remove().run();

    assertTrue(asked.isCompletedExceptionally());
    assertThrows(TorrentException.class, () -> milestones.awaitMetadata(NOW));
    milestones.onIncomplete();
    assertThrows(TimeoutException.class, () -> milestones.awaitMetadata(NOW));
  }
}
