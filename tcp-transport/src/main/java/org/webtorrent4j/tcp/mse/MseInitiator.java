package org.webtorrent4j.tcp.mse;

import static java.util.Objects.requireNonNull;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;

/** The side of an MSE handshake that opened the connection, which must know the torrent. */
public final class MseInitiator implements MseHandshake {
  private enum State {
    MAKE_KEY,
    REMOTE_KEY,
    MAKE_SECRET,
    SYNC,
    SELECT,
    PAD,
    DONE
  }

  private final DhKeyExchange keys;
  private final InfoHash infoHash;
  private final int provided;
  private final byte[] initialPayload;
  private final MseInput input = new MseInput();
  private final MseOutput output;
  private State state = State.MAKE_KEY;
  private byte[] remoteKey = new byte[0];
  private byte[] secret = new byte[0];
  private byte[] syncMark = new byte[0];
  private int selected;
  private @Nullable Rc4 sending;
  private @Nullable Rc4 receiving;

  /**
   * A handshake that computes its key first.
   *
   * @param provided the methods to offer: {@link #PLAINTEXT}, {@link #RC4} or both
   * @param initialPayload payload to send before the peer has answered, at most 65535 bytes
   */
  public MseInitiator(
      DhKeyExchange keys,
      InfoHash infoHash,
      int provided,
      byte[] initialPayload,
      SecureRandom random) {
    this.keys = keys;
    this.infoHash = infoHash;
    this.provided = provided;
    this.initialPayload = initialPayload.clone();
    this.output = new MseOutput(random);
  }

  @Override
  public void receive(ByteBuffer in) throws ProtocolException {
    boolean advanced = true;
    while (advanced && !isComputing()) {
      advanced =
          switch (state) {
            case REMOTE_KEY -> input.fill(in) && onRemoteKey(input.field());
            case SYNC -> input.seek(syncMark, in) && expectSelect();
            case SELECT -> input.fill(in) && onSelect(decrypted());
            case PAD -> input.fill(in) && onPad();
            case DONE, MAKE_KEY, MAKE_SECRET -> false;
          };
    }
  }

  private boolean onRemoteKey(byte[] key) throws ProtocolException {
    DhKeyExchange.check(key);
    remoteKey = key;
    state = State.MAKE_SECRET;
    return true;
  }

  private boolean expectSelect() {
    input.expect(4 + 2);
    state = State.SELECT;
    return true;
  }

  private boolean onSelect(byte[] field) throws ProtocolException {
    ByteBuffer bytes = ByteBuffer.wrap(field);
    selected = bytes.getInt();
    if ((selected != PLAINTEXT && selected != RC4) || (selected & provided) == 0) {
      throw new ProtocolException("selected method " + selected + " of provided " + provided);
    }
    int padLength = bytes.getShort() & 0xffff;
    if (padLength > MAX_PAD) {
      throw new ProtocolException("pad of " + padLength + " bytes");
    }
    input.expect(padLength);
    state = State.PAD;
    return true;
  }

  private boolean onPad() {
    decrypted();
    state = State.DONE;
    return true;
  }

  private byte[] decrypted() {
    byte[] field = input.field();
    requireNonNull(receiving).crypt(field, 0, field.length);
    return field;
  }

  @Override
  public ByteBuffer output() {
    return output.bytes();
  }

  @Override
  public boolean isComputing() {
    return state == State.MAKE_KEY || state == State.MAKE_SECRET;
  }

  @Override
  public void compute() {
    if (state == State.MAKE_KEY) {
      keys.publicKey();
    } else {
      secret = keys.secret(remoteKey);
    }
  }

  @Override
  public void resume() {
    if (state == State.MAKE_KEY) {
      output.add(keys.publicKey(), output.pad());
      input.expect(DhKeyExchange.KEY_LENGTH);
      state = State.REMOTE_KEY;
    } else {
      sendOffer();
      expectVerification();
    }
  }

  private void sendOffer() {
    byte[] torrentKey = MseKeys.torrentKey(infoHash);
    byte[] pad = output.pad();
    byte[] offer =
        ByteBuffer.allocate(VC_LENGTH + 4 + 2 + pad.length + 2 + initialPayload.length)
            .putLong(0)
            .putInt(provided)
            .putShort((short) pad.length)
            .put(pad)
            .putShort((short) initialPayload.length)
            .put(initialPayload)
            .array();
    sending = MseKeys.initiatorStream(secret, infoHash);
    sending.crypt(offer, 0, offer.length);
    output.add(MseKeys.syncMark(secret), MseKeys.mask(torrentKey, secret), offer);
  }

  private void expectVerification() {
    receiving = MseKeys.responderStream(secret, infoHash);
    syncMark = new byte[VC_LENGTH];
    receiving.crypt(syncMark, 0, VC_LENGTH);
    input.expect(VC_LENGTH);
    state = State.SYNC;
  }

  @Override
  public @Nullable MseOutcome outcome() {
    return state != State.DONE
        ? null
        : new MseOutcome(
            selected == RC4, requireNonNull(receiving), requireNonNull(sending), new byte[0]);
  }
}
