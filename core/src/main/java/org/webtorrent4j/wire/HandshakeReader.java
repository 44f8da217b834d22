package org.webtorrent4j.wire;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;

/**
 * Puts a handshake together from bytes in any slices. Whoever accepts a connection may answer as
 * soon as the info hash is known: some clients wait for that before they send their peer id.
 * Confined to the event loop.
 */
public final class HandshakeReader {
  private final byte[] bytes = new byte[Handshake.LENGTH];
  private int length;

  /**
   * Takes what belongs to the handshake out of the buffer and leaves the rest there.
   *
   * @return whether the handshake is complete
   * @throws ProtocolException at the first byte that no BitTorrent handshake has there
   */
  public boolean read(ByteBuffer buffer) throws ProtocolException {
    int from = length;
    int count = Math.min(buffer.remaining(), Handshake.LENGTH - length);
    buffer.get(bytes, from, count);
    length += count;
    for (int i = from; i < Math.min(length, Handshake.RESERVED_OFFSET); i++) {
      checkProtocol(i);
    }
    return isComplete();
  }

  /** Whether all of the handshake has arrived. */
  public boolean isComplete() {
    return length == Handshake.LENGTH;
  }

  /** The info hash, as soon as it has arrived. */
  public Optional<InfoHash> infoHash() {
    return length < Handshake.PEER_ID_OFFSET
        ? Optional.empty()
        : Optional.of(InfoHash.of(slice(Handshake.INFO_HASH_OFFSET, Handshake.PEER_ID_OFFSET)));
  }

  /**
   * The handshake.
   *
   * @throws IllegalStateException if it is not complete
   */
  public Handshake handshake() {
    if (!isComplete()) {
      throw new IllegalStateException("have " + length + " bytes of a handshake");
    }
    return Handshake.of(
        slice(Handshake.RESERVED_OFFSET, Handshake.INFO_HASH_OFFSET),
        InfoHash.of(slice(Handshake.INFO_HASH_OFFSET, Handshake.PEER_ID_OFFSET)),
        PeerId.of(slice(Handshake.PEER_ID_OFFSET, Handshake.LENGTH)));
  }

  private void checkProtocol(int offset) throws ProtocolException {
    if (bytes[offset] != Handshake.protocolByte(offset)) {
      throw new ProtocolException(
          offset == 0
              ? "handshake with a protocol name of " + (bytes[0] & 0xff) + " bytes"
              : String.format(
                  "handshake of another protocol, with %#04x at %d", bytes[offset], offset));
    }
  }

  private byte[] slice(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }
}
