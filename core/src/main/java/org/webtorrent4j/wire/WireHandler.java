package org.webtorrent4j.wire;

import java.net.ProtocolException;
import java.nio.ByteBuffer;

/**
 * What {@link WireReader} reports: one call a message, in their order. A {@link ProtocolException}
 * out of any of them ends the reading; whoever feeds the reader then closes the peer.
 */
public interface WireHandler {
  /** A message of length 0. */
  void onKeepAlive() throws ProtocolException;

  /** Message 0. */
  void onChoke() throws ProtocolException;

  /** Message 1. */
  void onUnchoke() throws ProtocolException;

  /** Message 2. */
  void onInterested() throws ProtocolException;

  /** Message 3. */
  void onNotInterested() throws ProtocolException;

  /** Message 4. The index is not negative, but may be out of range. */
  void onHave(int piece) throws ProtocolException;

  /** Message 5: the raw bytes, which are the handler's to keep. */
  void onBitfield(byte[] bits) throws ProtocolException;

  /** Message 6. The numbers are not negative, but may be out of range. */
  void onRequest(int piece, int begin, int length) throws ProtocolException;

  /**
   * The head of message 7. The numbers are not negative, the length is positive; they may be out of
   * range. {@code length} bytes of {@link #onBlockBytes} and one {@link #onBlockEnd} follow.
   */
  void onBlockStart(int piece, int begin, int length) throws ProtocolException;

  /**
   * Bytes of the block, in any number of calls.
   *
   * @param bytes on loan until this returns; must be used up
   */
  void onBlockBytes(ByteBuffer bytes) throws ProtocolException;

  /** The block is complete. */
  void onBlockEnd() throws ProtocolException;

  /** Message 8. The numbers are not negative, but may be out of range. */
  void onCancel(int piece, int begin, int length) throws ProtocolException;

  /** Message 9: the port of the peer's DHT node, 0 to 65535 (BEP 5). */
  void onPort(int port) throws ProtocolException;

  /** Message 13 (BEP 6). */
  void onSuggest(int piece) throws ProtocolException;

  /** Message 14 (BEP 6). */
  void onHaveAll() throws ProtocolException;

  /** Message 15 (BEP 6). */
  void onHaveNone() throws ProtocolException;

  /** Message 16 (BEP 6). */
  void onReject(int piece, int begin, int length) throws ProtocolException;

  /** Message 17 (BEP 6). */
  void onAllowedFast(int piece) throws ProtocolException;

  /**
   * Message 20 (BEP 10).
   *
   * @param id 0 for the extension handshake, else the id that we advertised
   * @param payload the handler's to keep
   */
  void onExtended(int id, byte[] payload) throws ProtocolException;
}
