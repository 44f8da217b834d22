package org.webtorrent4j.wire;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Tells of every message that is read, in a line, and hands it on: for the log. */
public final class WireTrace implements WireHandler {
  private final WireHandler next;
  private final Consumer<String> line;

  /** Stands before another handler. */
  public WireTrace(WireHandler next, Consumer<String> line) {
    this.next = next;
    this.line = line;
  }

  static String line(int id) {
    return MessageId.name(id);
  }

  static String line(int id, int number) {
    return MessageId.name(id) + ' ' + number;
  }

  static String line(int id, int piece, int begin, int length) {
    return MessageId.name(id) + ' ' + piece + " +" + begin + ' ' + length;
  }

  static String extended(int id, byte[] payload) {
    return MessageId.name(MessageId.EXTENDED) + ' ' + id + ' ' + payload.length + " bytes";
  }

  @Override
  public void onKeepAlive() throws ProtocolException {
    line.accept("keep-alive");
    next.onKeepAlive();
  }

  @Override
  public void onChoke() throws ProtocolException {
    line.accept(line(MessageId.CHOKE));
    next.onChoke();
  }

  @Override
  public void onUnchoke() throws ProtocolException {
    line.accept(line(MessageId.UNCHOKE));
    next.onUnchoke();
  }

  @Override
  public void onInterested() throws ProtocolException {
    line.accept(line(MessageId.INTERESTED));
    next.onInterested();
  }

  @Override
  public void onNotInterested() throws ProtocolException {
    line.accept(line(MessageId.NOT_INTERESTED));
    next.onNotInterested();
  }

  @Override
  public void onHave(int piece) throws ProtocolException {
    line.accept(line(MessageId.HAVE, piece));
    next.onHave(piece);
  }

  @Override
  public void onBitfield(byte[] bits) throws ProtocolException {
    line.accept(line(MessageId.BITFIELD, bits.length));
    next.onBitfield(bits);
  }

  @Override
  public void onRequest(int piece, int begin, int length) throws ProtocolException {
    line.accept(line(MessageId.REQUEST, piece, begin, length));
    next.onRequest(piece, begin, length);
  }

  @Override
  public void onBlockStart(int piece, int begin, int length) throws ProtocolException {
    line.accept(line(MessageId.PIECE, piece, begin, length));
    next.onBlockStart(piece, begin, length);
  }

  @Override
  public void onBlockBytes(ByteBuffer bytes) throws ProtocolException {
    next.onBlockBytes(bytes);
  }

  @Override
  public void onBlockEnd() throws ProtocolException {
    next.onBlockEnd();
  }

  @Override
  public void onCancel(int piece, int begin, int length) throws ProtocolException {
    line.accept(line(MessageId.CANCEL, piece, begin, length));
    next.onCancel(piece, begin, length);
  }

  @Override
  public void onPort(int port) throws ProtocolException {
    line.accept(line(MessageId.PORT, port));
    next.onPort(port);
  }

  @Override
  public void onSuggest(int piece) throws ProtocolException {
    line.accept(line(MessageId.SUGGEST, piece));
    next.onSuggest(piece);
  }

  @Override
  public void onHaveAll() throws ProtocolException {
    line.accept(line(MessageId.HAVE_ALL));
    next.onHaveAll();
  }

  @Override
  public void onHaveNone() throws ProtocolException {
    line.accept(line(MessageId.HAVE_NONE));
    next.onHaveNone();
  }

  @Override
  public void onReject(int piece, int begin, int length) throws ProtocolException {
    line.accept(line(MessageId.REJECT, piece, begin, length));
    next.onReject(piece, begin, length);
  }

  @Override
  public void onAllowedFast(int piece) throws ProtocolException {
    line.accept(line(MessageId.ALLOWED_FAST, piece));
    next.onAllowedFast(piece);
  }

  @Override
  public void onExtended(int id, byte[] payload) throws ProtocolException {
    line.accept(extended(id, payload));
    next.onExtended(id, payload);
  }
}
