package org.webtorrent4j.swarm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.wire.MetadataMessage;

/**
 * Fetches the info dictionary of a magnet link from peers (BEP 9). Peers may lie about its length,
 * so each announced length is an attempt of its own, which the others do not disturb. Confined to
 * the event loop.
 */
final class MetadataDownload {
  private static final int MAX_ATTEMPTS = 8;
  private static final int REQUESTS_PER_PEER = 2;
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long REJECTED_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final InfoHash infoHash;
  private final Consumer<byte[]> onComplete;
  private final Map<Integer, Attempt> attempts = new LinkedHashMap<>();
  private final Map<Peer, Long> restingUntil = new HashMap<>();

  /**
   * A download that has asked nobody yet.
   *
   * @param onComplete gets the info dictionary, once, when its hash is right
   */
  MetadataDownload(InfoHash infoHash, Consumer<byte[]> onComplete) {
    this.infoHash = infoHash;
    this.onComplete = onComplete;
  }

  /** A peer offers metadata, or time has passed: asks it for what is missing. */
  void refill(Peer peer, long nanoTime) {
    int length = peer.extensions().metadataSize();
    Long rest = restingUntil.get(peer);
    if (length == 0 || (rest != null && rest - nanoTime > 0)) {
      return;
    }
    Attempt attempt = attempts.get(length);
    if (attempt == null) {
      if (attempts.size() >= MAX_ATTEMPTS) {
        return;
      }
      attempt = new Attempt(length);
      attempts.put(length, attempt);
    }
    attempt.ask(peer, nanoTime);
  }

  /** A piece has arrived. */
  void onPiece(Peer peer, MetadataMessage message, long nanoTime) {
    Attempt attempt = attempts.get(peer.extensions().metadataSize());
    if (attempt == null || !attempt.accept(peer, message)) {
      return;
    }
    if (!attempt.isComplete()) {
      attempt.ask(peer, nanoTime);
      return;
    }
    if (isRight(attempt.bytes)) {
      onComplete.accept(attempt.bytes);
      return;
    }
    attempts.remove(attempt.bytes.length);
    for (Peer sender : attempt.senders) {
      // one of them lied; a peer that sent it all alone surely did
      long rest = attempt.senders.size() == 1 ? 5 * REJECTED_NANOS : REJECTED_NANOS / 2;
      restingUntil.put(sender, nanoTime + rest);
    }
  }

  void onReject(Peer peer, long nanoTime) {
    restingUntil.put(peer, nanoTime + REJECTED_NANOS);
    attempts.values().forEach(attempt -> attempt.forget(peer));
  }

  void onPeerGone(Peer peer) {
    restingUntil.remove(peer);
    attempts.values().forEach(attempt -> attempt.forget(peer));
  }

  private boolean isRight(byte[] bytes) {
    try {
      // a few milliseconds for the largest; not worth a worker
      MessageDigest digest = MessageDigest.getInstance(infoHash.isV2() ? "SHA-256" : "SHA-1");
      return InfoHash.of(digest.digest(bytes)).equals(infoHash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1 and SHA-256", e);
    }
  }

  /** The info dictionary, if it has the length that some peers say. */
  private static final class Attempt {
    final byte[] bytes;
    final Set<Peer> senders = new HashSet<>();
    private final boolean[] received;
    private final @Nullable Peer[] asked;
    private final long[] askedNanos;
    private int missing;

    Attempt(int length) {
      int pieces = MetadataMessage.pieceCount(length);
      this.bytes = new byte[length];
      this.received = new boolean[pieces];
      this.asked = new @Nullable Peer[pieces];
      this.askedNanos = new long[pieces];
      this.missing = pieces;
    }

    boolean isComplete() {
      return missing == 0;
    }

    void ask(Peer peer, long nanoTime) {
      int outstanding = 0;
      for (Peer other : asked) {
        outstanding += other == peer ? 1 : 0;
      }
      for (int i = 0; i < asked.length && outstanding < REQUESTS_PER_PEER; i++) {
        boolean isFree = asked[i] == null || nanoTime - askedNanos[i] > TIMEOUT_NANOS;
        if (!received[i] && isFree) {
          asked[i] = peer;
          askedNanos[i] = nanoTime;
          peer.extensions().requestMetadata(i);
          outstanding++;
        }
      }
    }

    boolean accept(Peer peer, MetadataMessage message) {
      int piece = message.piece();
      if (piece >= received.length || received[piece] || asked[piece] == null) {
        return false;
      }
      int begin = piece * MetadataMessage.PIECE_SIZE;
      int length = Math.min(MetadataMessage.PIECE_SIZE, bytes.length - begin);
      if (message.bytes().remaining() != length) {
        return false;
      }
      message.bytes().get(bytes, begin, length);
      received[piece] = true;
      asked[piece] = null;
      senders.add(peer);
      missing--;
      return true;
    }

    void forget(Peer peer) {
      Arrays.setAll(asked, i -> asked[i] == peer ? null : asked[i]);
    }
  }
}
