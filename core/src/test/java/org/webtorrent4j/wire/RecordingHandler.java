package org.webtorrent4j.wire;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes down what a reader reports, one line a message; the slices of a block become one. */
final class RecordingHandler implements WireHandler {
  final List<String> messages = new ArrayList<>();

  /** The message at which to throw. */
  String refused = "";

  private final StringBuilder block = new StringBuilder();

  @Override
  public void onKeepAlive() {
    messages.add("keep-alive");
  }

  @Override
  public void onChoke() {
    messages.add("choke");
  }

  @Override
  public void onUnchoke() {
    messages.add("unchoke");
  }

  @Override
  public void onInterested() {
    messages.add("interested");
  }

  @Override
  public void onNotInterested() {
    messages.add("not interested");
  }

  @Override
  public void onHave(int piece) throws ProtocolException {
    if (refused.equals("have " + piece)) {
      throw new ProtocolException(refused);
    }
    messages.add("have " + piece);
  }

  @Override
  public void onBitfield(byte[] bits) {
    messages.add("bitfield " + hex(bits));
  }

  @Override
  public void onRequest(int piece, int begin, int length) {
    messages.add("request " + piece + " " + begin + " " + length);
  }

  @Override
  public void onBlockStart(int piece, int begin, int length) {
    block.append("piece " + piece + " " + begin + " " + length + " ");
  }

  @Override
  public void onBlockBytes(ByteBuffer bytes) {
    byte[] slice = new byte[bytes.remaining()];
    bytes.get(slice);
    block.append(hex(slice));
  }

  @Override
  public void onBlockEnd() {
    messages.add(block.toString());
    block.setLength(0);
  }

  @Override
  public void onCancel(int piece, int begin, int length) {
    messages.add("cancel " + piece + " " + begin + " " + length);
  }

  @Override
  public void onPort(int port) {
    messages.add("port " + port);
  }

  @Override
  public void onSuggest(int piece) {
    messages.add("suggest " + piece);
  }

  @Override
  public void onHaveAll() {
    messages.add("have all");
  }

  @Override
  public void onHaveNone() {
    messages.add("have none");
  }

  @Override
  public void onReject(int piece, int begin, int length) {
    messages.add("reject " + piece + " " + begin + " " + length);
  }

  @Override
  public void onAllowedFast(int piece) {
    messages.add("allowed fast " + piece);
  }

  @Override
  public void onExtended(int id, byte[] payload) {
    messages.add("extended " + id + " " + hex(payload));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
