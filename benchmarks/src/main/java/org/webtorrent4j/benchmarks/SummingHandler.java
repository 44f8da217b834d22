package org.webtorrent4j.benchmarks;

import java.nio.ByteBuffer;
import org.webtorrent4j.wire.WireHandler;

/** Adds up what a reader reports, so that none of it can be optimized away. */
final class SummingHandler implements WireHandler {
  private long sum;

  long sum() {
    return sum;
  }

  @Override
  public void onKeepAlive() {
    sum++;
  }

  @Override
  public void onChoke() {
    sum++;
  }

  @Override
  public void onUnchoke() {
    sum++;
  }

  @Override
  public void onInterested() {
    sum++;
  }

  @Override
  public void onNotInterested() {
    sum++;
  }

  @Override
  public void onHave(int piece) {
    sum += piece;
  }

  @Override
  public void onBitfield(byte[] bits) {
    sum += bits.length;
  }

  @Override
  public void onRequest(int piece, int begin, int length) {
    sum += piece + begin + length;
  }

  @Override
  public void onBlockStart(int piece, int begin, int length) {
    sum += piece + begin + length;
  }

  @Override
  public void onBlockBytes(ByteBuffer bytes) {
    sum += bytes.remaining();
    bytes.position(bytes.limit());
  }

  @Override
  public void onBlockEnd() {
    sum++;
  }

  @Override
  public void onCancel(int piece, int begin, int length) {
    sum += piece + begin + length;
  }

  @Override
  public void onPort(int port) {
    sum += port;
  }

  @Override
  public void onSuggest(int piece) {
    sum += piece;
  }

  @Override
  public void onHaveAll() {
    sum++;
  }

  @Override
  public void onHaveNone() {
    sum++;
  }

  @Override
  public void onReject(int piece, int begin, int length) {
    sum += piece + begin + length;
  }

  @Override
  public void onAllowedFast(int piece) {
    sum += piece;
  }

  @Override
  public void onExtended(int id, byte[] payload) {
    sum += payload.length;
  }
}
