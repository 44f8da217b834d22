package org.webtorrent4j.swarm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.Info;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.MetainfoException;
import org.webtorrent4j.wire.MetadataMessage;

/**
 * Fetches the info dictionary of a magnet link from peers (BEP 9). Peers may lie about its length,
 * so each announced length is an attempt of its own, which the others do not disturb. A peer takes
 * part in one attempt, and an attempt ends with its last peer, so that nobody can fill the places
 * and leave. What is complete is hashed and read by a worker. Confined to the event loop.
 */
final class MetadataDownload {
  private static final int MAX_ATTEMPTS = 8;
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long REJECTED_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final InfoHash infoHash;
  private final EventLoop loop;
  private final Executor workers;
  private final Outcome outcome;
  private final Map<Integer, MetadataAttempt> attempts = new LinkedHashMap<>();
  private final Map<Peer, MetadataAttempt> attemptOf = new HashMap<>();
  private final Map<Peer, Long> restingUntil = new HashMap<>();
  private boolean hasToldTooLong;
  private boolean isOver;

  /** Told what came of it, on the event loop. */
  interface Outcome {
    /** The info dictionary has the right hash; once, as the last call. */
    void onInfo(Info info);

    /** It has the right hash and is of no use; once, as the last call. */
    void onUseless(MetainfoException cause);

    /** A peer says that it is longer than we take; once. */
    void onTooLong(long bytes);
  }

  /** A download that has asked nobody yet. */
  MetadataDownload(InfoHash infoHash, EventLoop loop, Executor workers, Outcome outcome) {
    this.infoHash = infoHash;
    this.loop = loop;
    this.workers = workers;
    this.outcome = outcome;
  }

  /** Nothing more is wanted of it. */
  void close() {
    isOver = true;
    attempts.clear();
    attemptOf.clear();
  }

  /** A peer offers metadata, or time has passed: asks it for what is missing. */
  void refill(Peer peer, long nanoTime) {
    long length = peer.extensions().metadataSize();
    Long rest = restingUntil.get(peer);
    if (isOver || length == 0 || (rest != null && rest - nanoTime > 0)) {
      return;
    }
    if (length > MetadataMessage.MAX_SIZE) {
      leave(peer);
      if (!hasToldTooLong) {
        hasToldTooLong = true;
        outcome.onTooLong(length);
      }
      return;
    }
    MetadataAttempt attempt = join(peer, (int) length);
    if (attempt != null && !attempt.isComplete()) {
      attempt.ask(peer, nanoTime, TIMEOUT_NANOS);
    }
  }

  /** A piece has arrived. */
  void onPiece(Peer peer, MetadataMessage message, long nanoTime) {
    MetadataAttempt attempt = attemptOf.get(peer);
    if (attempt == null || !attempt.accept(peer, message)) {
      return;
    }
    if (attempt.isComplete()) {
      verify(attempt);
    } else {
      attempt.ask(peer, nanoTime, TIMEOUT_NANOS);
    }
  }

  void onReject(Peer peer, long nanoTime) {
    restingUntil.put(peer, nanoTime + REJECTED_NANOS);
    MetadataAttempt attempt = attemptOf.get(peer);
    if (attempt != null) {
      attempt.forget(peer);
    }
  }

  void onPeerGone(Peer peer) {
    restingUntil.remove(peer);
    leave(peer);
  }

  int attempts() {
    return attempts.size();
  }

  /** Puts a peer into the attempt of its length, and takes it out of any other. */
  private @Nullable MetadataAttempt join(Peer peer, int length) {
    MetadataAttempt current = attemptOf.get(peer);
    if (current != null && current.length == length) {
      return current;
    }
    leave(peer);
    MetadataAttempt attempt = attempts.get(length);
    if (attempt == null) {
      if (attempts.size() >= MAX_ATTEMPTS) {
        dropWorst();
      }
      attempt = new MetadataAttempt(length);
      attempts.put(length, attempt);
    }
    attempt.peers.add(peer);
    attemptOf.put(peer, attempt);
    return attempt;
  }

  private void leave(Peer peer) {
    MetadataAttempt left = attemptOf.remove(peer);
    if (left != null) {
      left.forget(peer);
      left.peers.remove(peer);
      if (left.peers.isEmpty() && !left.isComplete()) {
        attempts.remove(left.length, left);
      }
    }
  }

  /**
   * The attempt that has got least gives way; among equals that of fewest peers, then the oldest.
   */
  private void dropWorst() {
    attempts.values().stream()
        .filter(attempt -> !attempt.isComplete())
        .min(
            Comparator.comparingInt(MetadataAttempt::received)
                .thenComparingInt(attempt -> attempt.peers.size()))
        .ifPresent(this::drop);
  }

  private void drop(MetadataAttempt attempt) {
    attempts.remove(attempt.length, attempt);
    attempt.peers.forEach(attemptOf::remove);
  }

  /** Hashing and reading take seconds for the largest, which the loop does not have. */
  private void verify(MetadataAttempt attempt) {
    byte[] bytes = attempt.bytes();
    try {
      workers.execute(
          () -> {
            Runnable next = read(bytes, attempt);
            loop.execute(
                () -> {
                  if (!isOver) {
                    next.run();
                  }
                });
          });
    } catch (RejectedExecutionException e) {
      close(); // the client is
    }
  }

  /** What follows from the bytes of an attempt. On a worker. */
  private Runnable read(byte[] bytes, MetadataAttempt attempt) {
    if (!isRight(bytes)) {
      return () -> onWrong(attempt);
    }
    try {
      Info info = Info.parse(bytes);
      if (!info.isV1()) {
        throw new MetainfoException("the torrent has v2 pieces only, which are not supported yet");
      }
      return () -> {
        close();
        outcome.onInfo(info);
      };
    } catch (MetainfoException e) {
      return () -> onUseless(e);
    } catch (RuntimeException | OutOfMemoryError e) {
      return () -> onUseless(new MetainfoException("it cannot be read: " + e, e));
    }
  }

  private void onUseless(MetainfoException cause) {
    close();
    outcome.onUseless(cause);
  }

  private void onWrong(MetadataAttempt attempt) {
    drop(attempt);
    for (Peer sender : attempt.senders) {
      // one of them lied; a peer that sent it all alone surely did
      long rest = attempt.senders.size() == 1 ? 5 * REJECTED_NANOS : REJECTED_NANOS / 2;
      restingUntil.put(sender, loop.nanoTime() + rest);
    }
  }

  private boolean isRight(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance(infoHash.isV2() ? "SHA-256" : "SHA-1");
      return InfoHash.of(digest.digest(bytes)).equals(infoHash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1 and SHA-256", e);
    }
  }
}
