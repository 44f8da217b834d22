package org.webtorrent4j.swarm;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.piece.Bitfield;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.ConnectionHandler;
import org.webtorrent4j.wire.Handshake;
import org.webtorrent4j.wire.WireHandler;
import org.webtorrent4j.wire.WireOutput;
import org.webtorrent4j.wire.WireReader;
import org.webtorrent4j.wire.WireTrace;

/**
 * One connected peer of one torrent: what both sides have said, and the dispatch of what it says
 * next. Confined to the event loop.
 */
final class Peer implements ConnectionHandler, Choker.Candidate {
  private static final Logger LOG = LoggerFactory.getLogger(Peer.class);
  private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(180);

  private static final long NEW_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** A peer for which so many bytes wait, but for blocks, does not read what it makes us say. */
  private static final int MAX_QUEUED_CONTROL = 256 << 10;

  /** What can wait with us is not queued beyond this. */
  private static final int ENOUGH_QUEUED_CONTROL = 64 << 10;

  private static final int MAX_EXTENDED_LENGTH = 128 << 10;

  private final Swarm swarm;
  private final Connection connection;
  private final Handshake handshake;
  private final @Nullable PeerAddress dialled;
  private final PeerMessages messages;
  private final WireReader reader;
  private final WireOutput output;
  private final PeerPieces pieces;
  private final PeerExtensions extensions;
  private final PeerUploads uploads;
  private final Share.OfPeer downloadShare;
  private final BlockReader blockReader = new BlockReader();
  private final RateMeter download;
  private final RateMeter upload;
  private final long connectedNanos;
  private @Nullable PeerRequests requests; // null while the metadata is unknown

  private boolean amChoking = true;
  private boolean amInterested;
  private boolean isOptimistic;
  private long unchokedNanos;
  private boolean wasUnchoked;
  private long sentAtUnchoke;
  private long sentInLastTurn;
  private long receivedNanos;
  private long movedNanos; // when blocks passed last, if they have
  private long sentNanos;
  private boolean isRefillDue;
  private boolean isFlushDue;
  private boolean isClosed;

  Peer(
      Swarm swarm,
      Connection connection,
      Handshake handshake,
      @Nullable PeerAddress dialled,
      WireOutput output) {
    this.swarm = swarm;
    this.connection = connection;
    this.handshake = handshake;
    this.dialled = dialled;
    this.connectedNanos = swarm.nanoTime();
    this.receivedNanos = connectedNanos;
    this.sentNanos = connectedNanos;
    this.output = output;
    this.download = new RateMeter(connectedNanos);
    this.upload = new RateMeter(connectedNanos);
    this.pieces = new PeerPieces(this, swarm);
    this.extensions = new PeerExtensions(this, swarm);
    this.uploads = new PeerUploads(this, swarm);
    this.downloadShare = swarm.traffic().downloads().peer(this::onDownloadTurn);
    this.messages = new PeerMessages(this, swarm);
    this.reader = new WireReader(LOG.isTraceEnabled() ? traced(output) : messages);
    reader.fastEnabled(handshake.fast());
    reader.maxExtendedLength(MAX_EXTENDED_LENGTH);
  }

  /** A line for every message, in and out. */
  private WireHandler traced(WireOutput traced) {
    SocketAddress address = connection.remoteAddress();
    traced.trace(line -> LOG.trace(">> {} {}", address, line));
    return new WireTrace(messages, line -> LOG.trace("<< {} {}", address, line));
  }

  /** Says who we are and what we have; called once, before anything arrives. */
  void greet() {
    if (handshake.extensions()) {
      extensions.sendHandshake();
    }
    pieces.sendOurs();
    flushSoon();
  }

  /** The metadata is known now. */
  void onMetadata() throws ProtocolException {
    requests = new PeerRequests(this, swarm.layout());
    reader.maxBitfieldLength((swarm.layout().pieceCount() + 7) / 8);
    pieces.onMetadata();
    updateInterest();
  }

  // ---- what others ask

  Swarm swarm() {
    return swarm;
  }

  Connection connection() {
    return connection;
  }

  PeerId id() {
    return handshake.peerId();
  }

  /** The address that was dialled, or that the peer says it listens on. */
  @Nullable PeerAddress address() {
    return dialled != null ? dialled : extensions.listenAddress();
  }

  boolean isFast() {
    return handshake.fast();
  }

  boolean hasExtensions() {
    return handshake.extensions();
  }

  PeerExtensions extensions() {
    return extensions;
  }

  WireOutput output() {
    return output;
  }

  /** Its share of what may be downloaded. */
  Share.OfPeer downloadShare() {
    return downloadShare;
  }

  BlockReader blockReader() {
    return blockReader;
  }

  PeerUploads uploads() {
    return uploads;
  }

  @Nullable PeerRequests requests() {
    return requests;
  }

  /** What the peer has; only once the metadata is known. */
  Bitfield pieces() {
    return pieces.has();
  }

  PeerPieces peerPieces() {
    return pieces;
  }

  boolean isSeed() {
    return pieces.isSeed();
  }

  boolean allowsFast(int piece) {
    return pieces.allowsFast(piece);
  }

  int[] allowedFast() {
    return pieces.allowedFast();
  }

  boolean isChokingUs() {
    return messages.isChokingUs();
  }

  boolean amChoking() {
    return amChoking;
  }

  boolean amInterested() {
    return amInterested;
  }

  boolean isClosed() {
    return isClosed;
  }

  /** How many requests it takes at once. */
  int requestLimit() {
    return extensions.requestLimit();
  }

  long nanoTime() {
    return swarm.nanoTime();
  }

  long downloadRate() {
    return download.rate();
  }

  long uploadRate() {
    return upload.rate();
  }

  long downloaded() {
    return download.total();
  }

  long uploaded() {
    return upload.total();
  }

  /** Whether blocks have passed lately, in whatever direction. */
  boolean isMoving() {
    return hasMoved() && nanoTime() - movedNanos < IDLE_NANOS;
  }

  private boolean hasMoved() {
    return download.total() + upload.total() > 0;
  }

  /** Whether it has had its time, and nothing was or is to be had from it or by it. */
  boolean isUseless() {
    boolean isWanted = amInterested && !isChokingUs();
    boolean isServed = isInterested() && !amChoking;
    return nanoTime() - connectedNanos > NEW_NANOS && !isMoving() && !isWanted && !isServed;
  }

  /** Of two that are useless: who never moved anything goes first, then who is here longest. */
  boolean isMoreUselessThan(Peer other) {
    return hasMoved() == other.hasMoved()
        ? other.connectedNanos - connectedNanos > 0
        : other.hasMoved();
  }

  /** How long nothing has come. */
  long silentNanos() {
    return nanoTime() - receivedNanos;
  }

  PeerMessages messages() {
    return messages;
  }

  void countReceived(int bytes) {
    download.add(bytes);
    movedNanos = nanoTime();
    swarm.traffic().download().add(bytes);
  }

  // ---- the choker's view

  @Override
  public boolean isInterested() {
    return messages.isInterested() && !isClosed;
  }

  @Override
  public boolean isUnchoked() {
    return !amChoking;
  }

  @Override
  public boolean isSnubbed() {
    return requests != null && requests.isSnubbed();
  }

  @Override
  public boolean isOptimistic() {
    return isOptimistic;
  }

  @Override
  public boolean wasUnchoked() {
    return wasUnchoked;
  }

  @Override
  public long unchokedNanos() {
    return unchokedNanos;
  }

  @Override
  public long connectedNanos() {
    return connectedNanos;
  }

  @Override
  public long rate() {
    return swarm.isSeeding() ? upload.rate() : download.rate();
  }

  @Override
  public long sentInTurn() {
    return amChoking ? sentInLastTurn : upload.total() - sentAtUnchoke;
  }

  @Override
  public void unchoke(boolean optimistic, long nanoTime) {
    isOptimistic = optimistic;
    unchokedNanos = nanoTime;
    if (amChoking) {
      amChoking = false;
      wasUnchoked = true;
      sentAtUnchoke = upload.total();
      output.unchoke();
      flushSoon();
    }
  }

  @Override
  public void choke() {
    isOptimistic = false;
    sentInLastTurn = sentInTurn();
    amChoking = true;
    output.choke();
    uploads.onChoked();
    flushSoon();
  }

  // ---- sending

  /** Asks the peer for more at the end of this turn. */
  void refillSoon() {
    isRefillDue = true;
    flushSoon();
  }

  /** Sends what is queued at the end of this turn. */
  void flushSoon() {
    if (!isFlushDue && !isClosed) {
      isFlushDue = true;
      swarm.session().loop().atTurnEnd(this::flushDue);
    }
  }

  private void flushDue() {
    isFlushDue = false;
    flush();
  }

  private void flush() {
    if (isClosed) {
      return;
    }
    if (isRefillDue) {
      refill();
    }
    uploads.pump();
    boolean hasMore = pieces.tell();
    hasMore |= extensions.metadataUploads().send();
    if (!output.isEmpty()) {
      long before = output.writtenBytes();
      output.flush(connection);
      if (output.writtenBytes() > before) {
        sentNanos = nanoTime();
      }
      long sent = output.writtenBlockBytes() - upload.total();
      if (sent > 0) {
        movedNanos = nanoTime();
      }
      upload.add(sent);
      swarm.traffic().upload().add(sent);
      uploads.pump();
      if (queuedControlBytes() > MAX_QUEUED_CONTROL) {
        close("does not read what it asks for");
      } else if (hasMore && output.isEmpty()) {
        flushSoon();
      }
    }
  }

  private long queuedControlBytes() {
    return output.queuedBytes() - output.queuedBlockBytes();
  }

  /** Whether more may be queued of what can wait. */
  boolean hasRoom() {
    return queuedControlBytes() < ENOUGH_QUEUED_CONTROL;
  }

  private void refill() {
    isRefillDue = false;
    Downloader downloader = swarm.downloader();
    if (downloader != null) {
      downloader.refill(this);
    }
  }

  private void onDownloadTurn() {
    refill();
    flushSoon();
  }

  /** We have these pieces too now. */
  void tellHaves(int[] saved) {
    if (!isSeed()) {
      for (int piece : saved) {
        output.have(piece);
      }
      flush();
    }
  }

  /** Called twice a second. */
  void tick(long nanoTime) {
    download.tick(nanoTime);
    upload.tick(nanoTime);
    pieces.tick(nanoTime);
    if (nanoTime - receivedNanos > SILENCE_NANOS) {
      close("silent for " + TimeUnit.NANOSECONDS.toSeconds(SILENCE_NANOS) + " s");
    } else if (nanoTime - sentNanos > KEEP_ALIVE_NANOS && output.isEmpty()) {
      sentNanos = nanoTime;
      output.keepAlive();
      flushSoon();
    }
  }

  /** Says whether we want something from the peer, if that has changed. */
  void updateInterest() {
    boolean wants = requests != null && pieces.hasWanted();
    if (wants != amInterested) {
      amInterested = wants;
      if (wants) {
        output.interested();
        refillSoon();
      } else {
        output.notInterested();
      }
      flushSoon();
    }
  }

  /** Ends the connection; the reason is for the log. */
  void close(String reason) {
    if (!isClosed) {
      LOG.debug("{} closed: {}", this, reason);
      connection.close();
      end();
    }
  }

  private void end() {
    isClosed = true;
    uploads.close();
    output.discard();
    downloadShare.leave();
    swarm.onPeerClosed(this);
  }

  // ---- the connection's events

  @Override
  public void onBytes(ByteBuffer bytes) {
    receivedNanos = nanoTime();
    try {
      reader.read(bytes);
    } catch (ProtocolException e) {
      close(String.valueOf(e.getMessage()));
    }
    bytes.position(bytes.limit());
  }

  @Override
  public void onWritable() {
    flushSoon();
  }

  @Override
  public void onClosed(@Nullable IOException cause) {
    if (!isClosed) {
      LOG.debug("{} went away: {}", this, cause == null ? "end of stream" : cause.toString());
      end();
    }
  }

  /** The socket address of the other end if it has one. */
  @Nullable InetSocketAddress socketAddress() {
    return connection.remoteAddress() instanceof InetSocketAddress inet && !inet.isUnresolved()
        ? inet
        : null;
  }

  @Override
  public String toString() {
    return connection.transport() + " " + connection.remoteAddress();
  }
}
