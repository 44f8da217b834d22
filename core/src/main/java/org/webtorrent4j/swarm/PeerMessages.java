package org.webtorrent4j.swarm;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.webtorrent4j.wire.WireHandler;

/**
 * What a peer says: keeps what it has told of itself and hands on the rest. Confined to the event
 * loop.
 */
final class PeerMessages implements WireHandler {
  private final Peer peer;
  private final Swarm swarm;
  private boolean peerChoking = true;
  private boolean peerInterested;
  private int unrequested;
  private int blockPiece;
  private int blockBegin;
  private int blockLength;

  PeerMessages(Peer peer, Swarm swarm) {
    this.peer = peer;
    this.swarm = swarm;
  }

  boolean isChokingUs() {
    return peerChoking;
  }

  boolean isInterested() {
    return peerInterested;
  }

  /** One more block came that nobody asked for; returns how many did. */
  int countUnrequested() {
    return ++unrequested;
  }

  @Override
  public void onKeepAlive() {
    // that something came is all it says
  }

  @Override
  public void onChoke() {
    peerChoking = true;
    Downloader downloader = swarm.downloader();
    if (downloader != null) {
      downloader.onChoked(peer);
    }
  }

  @Override
  public void onUnchoke() throws ProtocolException {
    checkOpen();
    peerChoking = false;
    peer.refillSoon();
  }

  @Override
  public void onInterested() throws ProtocolException {
    checkOpen();
    if (!peerInterested) {
      peerInterested = true;
      peer.peerPieces().offerAllowedFast();
      swarm.connections().fillSlotsSoon();
    }
  }

  @Override
  public void onNotInterested() throws ProtocolException {
    checkOpen();
    if (peerInterested) {
      peerInterested = false;
      swarm.connections().fillSlotsSoon();
    }
  }

  @Override
  public void onHave(int piece) throws ProtocolException {
    checkOpen();
    peer.peerPieces().onHave(piece);
  }

  @Override
  public void onBitfield(byte[] bits) throws ProtocolException {
    checkOpen();
    peer.peerPieces().onBitfield(bits);
  }

  @Override
  public void onHaveAll() throws ProtocolException {
    checkOpen();
    peer.peerPieces().onHaveAll();
  }

  @Override
  public void onHaveNone() throws ProtocolException {
    checkOpen();
    peer.peerPieces().onHaveNone();
  }

  @Override
  public void onAllowedFast(int piece) throws ProtocolException {
    checkOpen();
    peer.peerPieces().onAllowedFast(piece);
    peer.refillSoon();
  }

  @Override
  public void onSuggest(int piece) {
    // a hint for peers with a small cache; rarity is worth more to the swarm
  }

  @Override
  public void onRequest(int piece, int begin, int length) throws ProtocolException {
    checkOpen();
    peer.uploads().onRequest(piece, begin, length);
  }

  @Override
  public void onCancel(int piece, int begin, int length) throws ProtocolException {
    checkOpen();
    peer.uploads().onCancel(piece, begin, length);
  }

  @Override
  public void onReject(int piece, int begin, int length) throws ProtocolException {
    checkOpen();
    Downloader downloader = swarm.downloader();
    if (downloader != null) {
      downloader.onReject(peer, piece, begin);
    }
  }

  @Override
  public void onBlockStart(int piece, int begin, int length) throws ProtocolException {
    checkOpen();
    blockPiece = piece;
    blockBegin = begin;
    blockLength = length;
    peer.countReceived(length);
    Downloader downloader = swarm.downloader();
    if (downloader != null) {
      downloader.onBlockStart(peer, piece, begin, length);
    } else {
      peer.blockReader().discard(); // the last pieces were asked for more than once
      if (countUnrequested() > Downloader.MAX_UNREQUESTED_BLOCKS) {
        throw new ProtocolException("sent blocks nobody asked for");
      }
    }
  }

  @Override
  public void onBlockBytes(ByteBuffer bytes) {
    peer.blockReader().read(bytes);
  }

  @Override
  public void onBlockEnd() {
    Downloader downloader = swarm.downloader();
    if (downloader != null) {
      downloader.onBlockEnd(peer, blockPiece, blockBegin, blockLength);
    } else {
      swarm.traffic().countWasted(blockLength);
    }
  }

  @Override
  public void onPort(int port) {
    // the port of its DHT node, which nobody here talks to
  }

  @Override
  public void onExtended(int id, byte[] payload) throws ProtocolException {
    checkOpen();
    peer.extensions().onMessage(id, payload);
  }

  /** We may have closed the connection for what was said earlier in the same bytes. */
  private void checkOpen() throws ProtocolException {
    if (peer.isClosed()) {
      throw new ProtocolException("closed already");
    }
  }
}
