package org.webtorrent4j.wire;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.webtorrent4j.bencode.BDict;
import org.webtorrent4j.bencode.BencodeException;
import org.webtorrent4j.bencode.BencodeReader;
import org.webtorrent4j.bencode.BencodeWriter;
import org.webtorrent4j.metainfo.Info;

/**
 * A ut_metadata message (BEP 9): one step in passing on the info dictionary in pieces of 16 KiB.
 *
 * <pre>
 * d8:msg_typei1e5:piecei0e10:total_sizei34256ee | piece, of type 1 only
 * </pre>
 *
 * @param type what it says
 * @param piece of the info dictionary, counted from 0; may be out of range
 * @param totalSize of the info dictionary in bytes, 1 to {@link #MAX_SIZE}; 0 = not said
 * @param bytes of the piece; empty unless it is data
 */
public record MetadataMessage(Type type, int piece, int totalSize, ByteBuffer bytes) {
  /** What a message says. */
  public enum Type {
    /** The sender wants a piece. */
    REQUEST(0),
    /** A piece. */
    DATA(1),
    /** The sender does not have or give the piece. */
    REJECT(2);

    private final int number;

    Type(int number) {
      this.number = number;
    }
  }

  /** Largest info dictionary that we take from peers, in bytes. */
  public static final int MAX_SIZE = Info.MAX_BYTES;

  /** Size of every piece but the last, in bytes. */
  public static final int PIECE_SIZE = 16 << 10;

  private static final int MAX_PIECE = pieceCount(MAX_SIZE) - 1;
  private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0).asReadOnlyBuffer();
  private static final BencodeReader READER =
      BencodeReader.lenient().withMaxDepth(10).withMaxTokens(100);

  /** In how many pieces an info dictionary of {@code size} bytes is passed on. */
  public static int pieceCount(int size) {
    return (size + PIECE_SIZE - 1) / PIECE_SIZE;
  }

  /** The payload that asks for a piece. */
  public static byte[] request(int piece) {
    return beginDict(Type.REQUEST, piece).end().toByteArray();
  }

  /** The payload that refuses a piece. */
  public static byte[] reject(int piece) {
    return beginDict(Type.REJECT, piece).end().toByteArray();
  }

  /**
   * The payload that gives a piece.
   *
   * @param metadata the whole info dictionary
   * @param piece below {@code pieceCount(metadata.length)}
   */
  public static byte[] data(byte[] metadata, int piece) {
    int from = piece * PIECE_SIZE;
    int to = Math.min(from + PIECE_SIZE, metadata.length);
    return beginDict(Type.DATA, piece)
        .put("total_size", metadata.length)
        .end()
        .raw(Arrays.copyOfRange(metadata, from, to))
        .toByteArray();
  }

  /**
   * Reads a payload; nothing if it is of a type that we do not know.
   *
   * @throws ProtocolException if it is not bencoded or its numbers are beyond the limits
   */
  public static Optional<MetadataMessage> parse(byte[] payload) throws ProtocolException {
    BDict dict = dict(payload);
    Optional<Type> type = type(required(dict, "msg_type"));
    if (type.isEmpty()) {
      return Optional.empty();
    }
    long piece = required(dict, "piece");
    long totalSize = dict.integer("total_size").orElse(0);
    if (piece < 0 || piece > MAX_PIECE || totalSize < 0 || totalSize > MAX_SIZE) {
      throw new ProtocolException("ut_metadata piece " + piece + " of " + totalSize + " bytes");
    }
    ByteBuffer bytes = type.get() == Type.DATA ? bytesAfter(payload, dict.end()) : NO_BYTES;
    return Optional.of(new MetadataMessage(type.get(), (int) piece, (int) totalSize, bytes));
  }

  private static Optional<Type> type(long number) {
    return Arrays.stream(Type.values()).filter(type -> type.number == number).findFirst();
  }

  /** Others look for the end of the dictionary as text, and choke on any further key. */
  private static BencodeWriter beginDict(Type type, int piece) {
    return new BencodeWriter().beginDict().put("msg_type", type.number).put("piece", piece);
  }

  private static BDict dict(byte[] payload) throws ProtocolException {
    try {
      return READER.readDict(payload);
    } catch (BencodeException e) {
      throw new ProtocolException("ut_metadata message: " + e.getMessage());
    }
  }

  private static long required(BDict dict, String key) throws ProtocolException {
    return dict.integer(key)
        .orElseThrow(() -> new ProtocolException("ut_metadata message without " + key));
  }

  private static ByteBuffer bytesAfter(byte[] payload, int from) throws ProtocolException {
    int length = payload.length - from;
    if (length == 0 || length > PIECE_SIZE) {
      throw new ProtocolException("ut_metadata piece of " + length + " bytes");
    }
    return ByteBuffer.wrap(payload, from, length).slice();
  }
}
