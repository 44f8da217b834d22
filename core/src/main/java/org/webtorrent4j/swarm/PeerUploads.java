package org.webtorrent4j.swarm;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.piece.PieceLayout;
import org.webtorrent4j.storage.DiskIo;
import org.webtorrent4j.storage.DiskIo.SegmentRead;
import org.webtorrent4j.storage.Segment;
import org.webtorrent4j.wire.Releasable;

/**
 * What one peer has asked us for. Requests wait here, where a cancel or a choke can still remove
 * them; a limited number of bytes is read ahead and queued for sending. Neighbouring blocks are
 * read in one go. Confined to the event loop.
 */
final class PeerUploads {
  /** So many requests are queued; we say so in the extension handshake. */
  static final int MAX_QUEUED = 2000;

  private static final int MAX_BAD_REQUESTS = 300;
  private static final int MAX_TOO_MANY = 5 * MAX_QUEUED;

  /** What comes so soon after a choke was asked for before the peer knew. */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final int MAX_AHEAD_BYTES = 1 << 20;
  private static final int MIN_AHEAD_BYTES = 4 * Segment.LENGTH;
  private static final int FIELDS = 3; // piece, begin, length

  private final Peer peer;
  private final Swarm swarm;
  private final Share.OfPeer share;
  private int[] queue = new int[0]; // a ring of requests, FIELDS ints each
  private int first;
  private int size;
  private int readingBytes;
  private int badRequests;
  private long requests;
  private long cancels;
  private int tooMany; // requests that could not be granted, since one was
  private long chokedNanos;
  private boolean isClosed;

  PeerUploads(Peer peer, Swarm swarm) {
    this.peer = peer;
    this.swarm = swarm;
    this.share = swarm.traffic().uploads().peer(this::pump);
    this.chokedNanos = peer.nanoTime();
  }

  void onRequest(int piece, int begin, int length) throws ProtocolException {
    requests++;
    boolean isServed = !peer.amChoking() || peer.peerPieces().isOfferedFast(piece);
    if (!isServed) {
      if (peer.nanoTime() - chokedNanos > GRACE_NANOS) {
        countTooMany("goes on to ask for blocks while it is choked");
      }
      reject(piece, begin, length);
    } else if (!isValid(piece, begin, length)) {
      if (++badRequests > MAX_BAD_REQUESTS) {
        throw new ProtocolException(
            "bad request " + begin + "+" + length + " of piece " + piece + ", one of many");
      }
      reject(piece, begin, length);
    } else if (size >= MAX_QUEUED) { // browsers take no notice of what we say we queue
      countTooMany("goes on to ask for blocks that are not queued");
      reject(piece, begin, length);
    } else {
      enqueue(piece, begin, length);
    }
  }

  private void countTooMany(String reason) throws ProtocolException {
    if (++tooMany > MAX_TOO_MANY) {
      throw new ProtocolException(reason);
    }
  }

  private void enqueue(int piece, int begin, int length) {
    if ((size + 1) * FIELDS > queue.length) {
      grow();
    }
    int at = index(size++);
    queue[at] = piece;
    queue[at + 1] = begin;
    queue[at + 2] = length;
    peer.flushSoon();
  }

  void onCancel(int piece, int begin, int length) throws ProtocolException {
    if (++cancels > requests + MAX_BAD_REQUESTS) {
      throw new ProtocolException("cancels " + cancels + " of " + requests + " requests");
    }
    for (int i = 0; i < size; i++) {
      int at = index(i);
      if (queue[at] == piece && queue[at + 1] == begin && queue[at + 2] == length) {
        removeAt(i);
        reject(piece, begin, length);
        return;
      }
    }
  }

  /** We choke the peer: what it asked for is void, but for what it may have all the same. */
  void onChoked() {
    chokedNanos = peer.nanoTime();
    int kept = 0;
    for (int i = 0; i < size; i++) {
      int from = index(i);
      if (peer.isFast() && peer.peerPieces().isOfferedFast(queue[from])) {
        System.arraycopy(queue, from, queue, index(kept++), FIELDS);
      } else {
        reject(queue[from], queue[from + 1], queue[from + 2]);
      }
    }
    size = kept;
  }

  /** Reads ahead as far as the limits allow. */
  void pump() {
    List<SegmentRead> reads = null;
    List<Batch> batches = null;
    while (size > 0 && aheadBytes() < maxAheadBytes()) {
      int allowed = share.allowance();
      Segment segment = allowed == 0 ? null : swarm.session().memory().acquireForUpload();
      if (segment == null) {
        share.await();
        break;
      }
      Batch batch = takeNeighbours(segment, Math.min(allowed, Segment.LENGTH));
      reads = reads == null ? new ArrayList<>() : reads;
      batches = batches == null ? new ArrayList<>() : batches;
      reads.add(new SegmentRead(batch.offset, batch.length, segment));
      batches.add(batch);
      readingBytes += batch.length;
      share.took(batch.length);
    }
    if (reads != null && batches != null) {
      swarm.read(reads, new Reading(batches));
    }
  }

  /** Called before what is queued for sending is dropped. */
  void close() {
    isClosed = true;
    size = 0;
    share.leave();
    share.giveBack(aheadBytes());
  }

  /**
   * Takes requests from the queue as long as each begins where the one before it ended, until they
   * are so many bytes.
   */
  private Batch takeNeighbours(Segment segment, int most) {
    tooMany = 0;
    long offset = firstOffset();
    int length = 0;
    do {
      length += queue[index(0) + 2];
      first = (first + FIELDS) % queue.length;
      size--;
      // After a short block the next one would not begin at a quarter.
    } while (size > 0
        && length < most
        && length % PieceLayout.BLOCK_LENGTH == 0
        && firstOffset() == offset + length);
    return new Batch(segment, offset, length);
  }

  private long firstOffset() {
    int at = index(0);
    return swarm.layout().offset(queue[at]) + queue[at + 1];
  }

  private long aheadBytes() {
    return readingBytes + peer.output().queuedBlockBytes();
  }

  private long maxAheadBytes() {
    return Math.max(MIN_AHEAD_BYTES, Math.min(MAX_AHEAD_BYTES, peer.uploadRate() / 2));
  }

  private boolean isValid(int piece, int begin, int length) {
    Bitfield have = swarm.have();
    return have != null
        && piece < have.size()
        && have.get(piece)
        && length > 0
        && length <= PieceLayout.BLOCK_LENGTH
        && (long) begin + length <= swarm.layout().length(piece);
  }

  private void reject(int piece, int begin, int length) {
    if (peer.isFast()) {
      peer.output().reject(piece, begin, length);
      peer.flushSoon();
    }
  }

  private int index(int i) {
    return (first + i * FIELDS) % queue.length;
  }

  private void removeAt(int index) {
    for (int i = index; i < size - 1; i++) {
      System.arraycopy(queue, index(i + 1), queue, index(i), FIELDS);
    }
    size--;
  }

  private void grow() {
    int[] larger = new int[Math.max(16 * FIELDS, queue.length * 2)];
    for (int i = 0; i < size; i++) {
      System.arraycopy(queue, index(i), larger, i * FIELDS, FIELDS);
    }
    queue = larger;
    first = 0;
  }

  /** Up to four blocks that lie side by side in one segment, each in its own quarter. */
  private final class Batch implements Releasable {
    private final Segment segment;
    private final long offset;
    private final int length;
    private int holds = 1; // blocks that are not sent yet

    Batch(Segment segment, long offset, int length) {
      this.segment = segment;
      this.offset = offset;
      this.length = length;
    }

    int count() {
      return (length - 1) / PieceLayout.BLOCK_LENGTH + 1;
    }

    int piece(int block) {
      return swarm.layout().pieceAt(offset + (long) block * PieceLayout.BLOCK_LENGTH);
    }

    int begin(int block) {
      long at = offset + (long) block * PieceLayout.BLOCK_LENGTH;
      return (int) (at - swarm.layout().offset(piece(block)));
    }

    void send() {
      for (int i = 0; i < count(); i++) {
        if (i > 0) {
          segment.retain();
          holds++;
        }
        peer.output().piece(piece(i), begin(i), segment.block(i), this);
      }
    }

    void reject() {
      for (int i = 0; i < count(); i++) {
        int at = i * PieceLayout.BLOCK_LENGTH;
        int blockLength = Math.min(length - at, PieceLayout.BLOCK_LENGTH);
        PeerUploads.this.reject(piece(i), begin(i), blockLength);
      }
    }

    @Override
    public void release() {
      segment.release();
      if (--holds == 0) {
        swarm.session().memory().onUploadReleased();
      }
    }
  }

  private final class Reading implements DiskIo.ReadHandler {
    private final List<Batch> batches;

    Reading(List<Batch> batches) {
      this.batches = batches;
    }

    @Override
    public void onRead(List<SegmentRead> reads) {
      for (Batch batch : batches) {
        readingBytes -= batch.length;
        if (isClosed) {
          batch.release();
        } else {
          batch.send();
        }
      }
      peer.flushSoon();
    }

    @Override
    public void onReadFailed(List<SegmentRead> reads, IOException cause) {
      for (Batch batch : batches) {
        readingBytes -= batch.length;
        batch.release();
        if (!isClosed) {
          batch.reject();
        }
      }
      if (!isClosed) {
        swarm.onReadFailed(reads, cause);
      }
    }
  }
}
