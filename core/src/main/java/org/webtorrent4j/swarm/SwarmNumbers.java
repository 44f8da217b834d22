package org.webtorrent4j.swarm;

import java.net.SocketAddress;

/** A swarm's numbers at one moment; lengths in bytes, rates in bytes per second. */
public record SwarmNumbers(
    long totalLength,
    long wantedLength,
    long verifiedLength,
    int pieceCount,
    int verifiedPieces,
    int checkedPieces,
    long downloaded,
    long uploaded,
    long wasted,
    int hashFailures,
    long downloadRate,
    long uploadRate,
    int peers,
    int seeds,
    int knownPeers) {
  /** A peer's numbers at one moment; amounts in bytes, rates in bytes per second. */
  public record OfPeer(
      SocketAddress address,
      String transport,
      String client,
      boolean isIncoming,
      boolean isEncrypted,
      double progress,
      boolean amChoking,
      boolean amInterested,
      boolean peerChoking,
      boolean peerInterested,
      long downloaded,
      long uploaded,
      long downloadRate,
      long uploadRate) {}

  static SwarmNumbers of(Swarm swarm) {
    Content content = swarm.content();
    Connections connections = swarm.connections();
    Traffic traffic = swarm.traffic();
    long wanted = 0;
    long verified = 0;
    int verifiedPieces = 0;
    if (content != null) {
      wanted = content.wantedBytes();
      verified = content.verifiedWantedBytes();
      verifiedPieces = content.have() == null ? 0 : content.have().cardinality();
    }
    return new SwarmNumbers(
        content == null ? 0 : content.lengthOfFiles(),
        wanted,
        verified,
        content == null ? 0 : content.layout().pieceCount(),
        verifiedPieces,
        swarm.checkedPieces(),
        traffic.download().total(),
        traffic.upload().total(),
        traffic.wasted(),
        swarm.hashFailures(),
        traffic.download().rate(),
        traffic.upload().rate(),
        connections.peers().size(),
        connections.seeds(),
        connections.addresses().size());
  }

  static OfPeer of(Peer peer) {
    return new OfPeer(
        peer.connection().remoteAddress(),
        peer.connection().transport(),
        peer.extensions().client(),
        peer.connection().isIncoming(),
        peer.connection().isEncrypted(),
        peer.peerPieces().progress(),
        peer.amChoking(),
        peer.amInterested(),
        peer.isChokingUs(),
        peer.isInterested(),
        peer.downloaded(),
        peer.uploaded(),
        peer.downloadRate(),
        peer.uploadRate());
  }
}
