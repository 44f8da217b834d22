package org.webtorrent4j.swarm;

import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.wire.Extension;
import org.webtorrent4j.wire.ExtensionHandshake;
import org.webtorrent4j.wire.ExtensionPayload;
import org.webtorrent4j.wire.MetadataMessage;

/** The extension protocol (BEP 10) with one peer. Confined to the event loop. */
final class PeerExtensions {
  private static final int DEFAULT_REQUEST_LIMIT = 250;

  private final Peer peer;
  private final Swarm swarm;
  private ExtensionHandshake theirs = ExtensionHandshake.none();
  private @Nullable PeerAddress listenAddress;
  private final MetadataUploads metadataUploads;
  private boolean hasToldPort;

  PeerExtensions(Peer peer, Swarm swarm) {
    this.peer = peer;
    this.swarm = swarm;
    this.metadataUploads = new MetadataUploads(peer, swarm);
  }

  /** Says what we speak; once more when the metadata is known. */
  void sendHandshake() {
    if (!peer.hasExtensions()) {
      return;
    }
    Map<Extension, Integer> ids = new EnumMap<>(Extension.class);
    for (Extension extension :
        new Extension[] {Extension.UT_METADATA, Extension.LT_DONTHAVE, Extension.UPLOAD_ONLY}) {
      ids.put(extension, extension.id());
    }
    int port = swarm.session().port();
    InetSocketAddress address = peer.socketAddress();
    byte[] metadata = swarm.metadata();
    ExtensionHandshake ours =
        new ExtensionHandshake(
            ids,
            Optional.of(Session.CLIENT_NAME),
            port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
            OptionalInt.of(PeerUploads.MAX_QUEUED),
            metadata == null ? OptionalInt.empty() : OptionalInt.of(metadata.length),
            Optional.of(swarm.isSeeding()),
            Optional.ofNullable(address == null ? null : address.getAddress()));
    peer.output().extended(0, ours.toBytes());
    peer.flushSoon();
  }

  /** How many requests the peer takes at once. */
  int requestLimit() {
    return theirs.requestQueue().orElse(DEFAULT_REQUEST_LIMIT);
  }

  /** The name it gives itself; may be empty. */
  String client() {
    return theirs.client().orElse("");
  }

  /** Where an incoming peer says that it listens. */
  @Nullable PeerAddress listenAddress() {
    return listenAddress;
  }

  /** Length of the metadata that it offers in bytes, however large; 0 = none. */
  long metadataSize() {
    return speaks(Extension.UT_METADATA) ? theirs.metadataSize().orElse(0) : 0;
  }

  boolean speaks(Extension extension) {
    return theirs.id(extension) != 0;
  }

  /** Asks for a piece of the metadata. */
  void requestMetadata(int piece) {
    send(Extension.UT_METADATA, MetadataMessage.request(piece));
  }

  /** Says whether we want anything still (BEP 21). */
  void sendUploadOnly(boolean isUploadOnly) {
    if (speaks(Extension.UPLOAD_ONLY)) {
      send(Extension.UPLOAD_ONLY, ExtensionPayload.uploadOnly(isUploadOnly));
    }
  }

  /** Says that a piece is not there any more (BEP 54). */
  void sendDontHave(int piece) {
    send(Extension.LT_DONTHAVE, ExtensionPayload.dontHave(piece));
  }

  void onMessage(int id, byte[] payload) throws ProtocolException {
    if (id == 0) {
      onHandshake(ExtensionHandshake.parse(payload));
      return;
    }
    Optional<Extension> extension = Extension.of(id);
    if (extension.isEmpty()) {
      return;
    }
    switch (extension.get()) {
      case UT_METADATA -> {
        Optional<MetadataMessage> message = MetadataMessage.parse(payload);
        if (message.isPresent()) {
          onMetadata(message.get());
        }
      }
      case LT_DONTHAVE -> peer.peerPieces().onLost(ExtensionPayload.readDontHave(payload));
      case UPLOAD_ONLY -> ExtensionPayload.readUploadOnly(payload); // its pieces tell more
      case UT_PEX -> {
        // not advertised
      }
    }
  }

  private void onHandshake(ExtensionHandshake handshake) {
    theirs = theirs.updatedBy(handshake);
    InetSocketAddress address = peer.socketAddress();
    if (peer.connection().isIncoming()
        && address != null
        && !address.isUnresolved()
        && handshake.port().isPresent()
        && !hasToldPort) {
      hasToldPort = true;
      listenAddress =
          swarm
              .connections()
              .onListenAddress(
                  new InetSocketAddress(address.getAddress(), handshake.port().getAsInt()));
    }
    MetadataDownload download = swarm.metadataDownload();
    if (download != null) {
      download.refill(peer, peer.nanoTime());
    }
    peer.refillSoon();
  }

  private void onMetadata(MetadataMessage message) {
    MetadataDownload download = swarm.metadataDownload();
    if (message.type() == MetadataMessage.Type.REQUEST) {
      metadataUploads.onRequest(message.piece());
    } else if (download != null && message.type() == MetadataMessage.Type.DATA) {
      download.onPiece(peer, message, peer.nanoTime());
    } else if (download != null) {
      download.onReject(peer, peer.nanoTime());
    }
  }

  /** Sends a message about the metadata. */
  void sendMetadata(byte[] message) {
    send(Extension.UT_METADATA, message);
  }

  /** What it has asked of our metadata. */
  MetadataUploads metadataUploads() {
    return metadataUploads;
  }

  private void send(Extension extension, byte[] payload) {
    int id = theirs.id(extension);
    if (id != 0) {
      peer.output().extended(id, payload);
      peer.flushSoon();
    }
  }
}
