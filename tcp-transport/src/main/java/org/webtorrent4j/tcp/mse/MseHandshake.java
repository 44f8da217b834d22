package org.webtorrent4j.tcp.mse;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One side of the handshake of message stream encryption. Bytes in, bytes out; it knows no socket,
 * clock or thread.
 *
 * <pre>
 * A to B   Ya(96) pad(0-512)
 * B to A   Yb(96) pad(0-512)
 * A to B   HASH(req1,S)(20) key(20) RC4{ VC(8) provide(4) length(2) pad length(2) payload }
 * B to A   RC4{ VC(8) select(4) length(2) pad }
 * </pre>
 *
 * <p>Its driver repeats: {@link #receive} what came; send {@link #output}; if it {@link
 * #isComputing}, call {@link #compute} on any thread and, when that is done, {@link #resume} on the
 * thread of all other calls; until there is an {@link #outcome}.
 */
public sealed interface MseHandshake permits MseInitiator, MseResponder {
  /** The bit of plaintext payload in {@code crypto_provide} and {@code crypto_select}. */
  int PLAINTEXT = 1;

  /** The bit of RC4 payload. */
  int RC4 = 2;

  /** Greatest length of each of the four pads, in bytes. */
  int MAX_PAD = 512;

  /** Greatest length of the payload that we take inside of the handshake, in bytes. */
  int MAX_INITIAL_PAYLOAD = 4096;

  /** Length of the verification constant, eight zeros. */
  int VC_LENGTH = 8;

  /**
   * Takes the bytes that it needs now and leaves the others: none while it computes, and none of
   * the payload that follows the handshake.
   *
   * @throws ProtocolException if the peer breaks the protocol or there is no common method; the
   *     handshake is then of no more use
   */
  void receive(ByteBuffer in) throws ProtocolException;

  /** What is to be sent now; the caller takes bytes out of it, more may come in. */
  ByteBuffer output();

  /** Whether it waits for {@link #compute} and {@link #resume}. */
  boolean isComputing();

  /** Does what is slow; touches nothing that the other methods but {@link #resume} use. */
  void compute();

  /** Goes on after {@link #compute}. */
  void resume();

  /** What was agreed on; null until then. */
  @Nullable MseOutcome outcome();
}
