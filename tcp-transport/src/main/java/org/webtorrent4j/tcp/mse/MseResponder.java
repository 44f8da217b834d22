package org.webtorrent4j.tcp.mse;

import static java.util.Objects.requireNonNull;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;

/** The side of an MSE handshake that was connected to; it learns the torrent from the peer. */
public final class MseResponder implements MseHandshake {
  private enum State {
    REMOTE_KEY,
    MAKE_SECRET,
    SYNC,
    TORRENT,
    OFFER,
    PAD,
    INITIAL_PAYLOAD,
    DONE
  }

  private final DhKeyExchange keys;
  private final Function<byte[], @Nullable InfoHash> torrents;
  private final boolean mustEncrypt;
  private final MseInput input = new MseInput();
  private final MseOutput output;
  private State state = State.REMOTE_KEY;
  private byte[] remoteKey = new byte[0];
  private byte[] secret = new byte[0];
  private byte[] syncMark = new byte[0];
  private int selected;
  private @Nullable Rc4 sending;
  private @Nullable Rc4 receiving;

  /**
   * A handshake that waits for the key of the peer.
   *
   * @param torrents finds a torrent by {@link MseKeys#torrentKey}
   * @param mustEncrypt whether to refuse plaintext payload, which is chosen otherwise if offered
   */
  public MseResponder(
      DhKeyExchange keys,
      Function<byte[], @Nullable InfoHash> torrents,
      boolean mustEncrypt,
      SecureRandom random) {
    this.keys = keys;
    this.torrents = torrents;
    this.mustEncrypt = mustEncrypt;
    this.output = new MseOutput(random);
    input.expect(DhKeyExchange.KEY_LENGTH);
  }

  @Override
  public void receive(ByteBuffer in) throws ProtocolException {
    boolean advanced = true;
    while (advanced && !isComputing()) {
      advanced =
          switch (state) {
            case REMOTE_KEY -> input.fill(in) && onRemoteKey(input.field());
            case SYNC -> input.seek(syncMark, in) && expect(MseKeys.HASH_LENGTH, State.TORRENT);
            case TORRENT -> input.fill(in) && onTorrent(input.field());
            case OFFER -> input.fill(in) && onOffer(decrypted());
            case PAD -> input.fill(in) && onPad(decrypted());
            case INITIAL_PAYLOAD -> input.fill(in) && onInitialPayload();
            case MAKE_SECRET, DONE -> false;
          };
    }
  }

  private boolean onRemoteKey(byte[] key) throws ProtocolException {
    DhKeyExchange.check(key);
    remoteKey = key;
    state = State.MAKE_SECRET;
    return true;
  }

  private boolean onTorrent(byte[] masked) throws ProtocolException {
    InfoHash infoHash = torrents.apply(MseKeys.mask(masked, secret));
    if (infoHash == null) {
      throw new ProtocolException("encryption for an unknown torrent");
    }
    receiving = MseKeys.initiatorStream(secret, infoHash);
    sending = MseKeys.responderStream(secret, infoHash);
    return expect(VC_LENGTH + 4 + 2, State.OFFER);
  }

  private boolean onOffer(byte[] field) throws ProtocolException {
    ByteBuffer bytes = ByteBuffer.wrap(field);
    if (bytes.getLong() != 0) {
      throw new ProtocolException("verification constant is not zero");
    }
    selected = select(bytes.getInt());
    int padLength = bytes.getShort() & 0xffff;
    if (padLength > MAX_PAD) {
      throw new ProtocolException("pad of " + padLength + " bytes");
    }
    // The length of the initial payload is taken along with the pad.
    return expect(padLength + 2, State.PAD);
  }

  private int select(int provided) throws ProtocolException {
    if (!mustEncrypt && (provided & PLAINTEXT) != 0) {
      return PLAINTEXT;
    }
    if ((provided & RC4) != 0) {
      return RC4;
    }
    throw new ProtocolException("no acceptable method among provided " + provided);
  }

  private boolean onPad(byte[] field) throws ProtocolException {
    int payloadLength = ByteBuffer.wrap(field).getShort(field.length - 2) & 0xffff;
    if (payloadLength > MAX_INITIAL_PAYLOAD) {
      throw new ProtocolException("initial payload of " + payloadLength + " bytes");
    }
    return expect(payloadLength, State.INITIAL_PAYLOAD);
  }

  private boolean onInitialPayload() {
    decrypted(); // by RC4 even if plaintext was selected; field() is the payload from here on
    byte[] pad = output.pad();
    byte[] answer =
        ByteBuffer.allocate(VC_LENGTH + 4 + 2 + pad.length)
            .putLong(0)
            .putInt(selected)
            .putShort((short) pad.length)
            .put(pad)
            .array();
    requireNonNull(sending).crypt(answer, 0, answer.length);
    output.add(answer);
    state = State.DONE;
    return true;
  }

  private boolean expect(int length, State next) {
    input.expect(length);
    state = next;
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
    return state == State.MAKE_SECRET;
  }

  @Override
  public void compute() {
    keys.publicKey();
    secret = keys.secret(remoteKey);
  }

  @Override
  public void resume() {
    output.add(keys.publicKey(), output.pad());
    syncMark = MseKeys.syncMark(secret);
    expect(MseKeys.HASH_LENGTH, State.SYNC);
  }

  @Override
  public @Nullable MseOutcome outcome() {
    return state != State.DONE
        ? null
        : new MseOutcome(
            selected == RC4, requireNonNull(receiving), requireNonNull(sending), input.field());
  }
}
