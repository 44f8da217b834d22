package org.webtorrent4j.benchmarks.scale;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One bare peer of {@link Load}: blocking until its handshake is through, then asynchronous. */
final class LoadPeer {
  private static final int HANDSHAKE_LENGTH = 68;
  private static final byte[] FAST = {0, 0, 0, 0, 0, 0, 0, 4};
  private static final byte UNCHOKE = 1;
  private static final byte REQUEST = 6;
  private static final byte PIECE = 7;
  private static final byte HAVE_ALL = 14;
  private static final byte HAVE_NONE = 15;
  private static final int BLOCK_HEAD = 13;
  private static final int IN_LENGTH = 64 * 1024;
  private static final int OUT_LENGTH = 512 * 1024;
  private static final ByteBuffer IN = ByteBuffer.allocateDirect(IN_LENGTH); // for the idle ones

  private final SocketChannel channel;
  private final boolean isSeed;
  private final ByteBuffer in;
  private final ByteBuffer out;

  LoadPeer(SocketChannel channel, boolean isSeed) {
    this.channel = channel;
    this.isSeed = isSeed;
    this.in = isSeed ? ByteBuffer.allocateDirect(IN_LENGTH) : IN;
    this.out = ByteBuffer.allocateDirect(isSeed ? OUT_LENGTH : 0);
  }

  /** Says who it is and what it has, and waits for the client's handshake. */
  void shakeHands(byte[] infoHash, int number) throws IOException {
    ByteBuffer hello = ByteBuffer.allocate(2 * HANDSHAKE_LENGTH);
    hello.put((byte) 19).put(ascii("BitTorrent protocol")).put(FAST).put(infoHash);
    hello.put(
        ascii(String.format(Locale.ROOT, "-XX%010d%07d", ProcessHandle.current().pid(), number)));
    hello.putInt(1).put(isSeed ? HAVE_ALL : HAVE_NONE);
    if (isSeed) {
      hello.putInt(1).put(UNCHOKE);
    }
    channel.write(hello.flip());
    ByteBuffer theirs = ByteBuffer.allocate(HANDSHAKE_LENGTH);
    while (theirs.hasRemaining()) {
      if (channel.read(theirs) < 0) {
        throw new EOFException("the client does not want peer " + number);
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The channel is ready for something. */
  void onReady(SelectionKey key) {
    try {
      if (key.isReadable() && read() < 0) {
        key.cancel();
        channel.close();
        return;
      }
      if (isSeed) {
        serve(key);
      }
    } catch (IOException e) {
      key.cancel();
      System.err.println("a peer of the load has lost its connection: " + e);
    }
  }

  private int read() throws IOException {
    if (!isSeed) {
      in.clear();
    }
    return channel.read(in);
  }

  /** Answers the requests that are there, as far as the socket takes the blocks. */
  private void serve(SelectionKey key) throws IOException {
    in.flip();
    do {
      while (isComplete() && out.remaining() >= BLOCK_HEAD + Zeros.PIECE_LENGTH) {
        take();
      }
      out.flip();
      channel.write(out);
      out.compact();
    } while (out.position() == 0 && isComplete());
    in.compact();
    key.interestOps(SelectionKey.OP_READ | (out.position() > 0 ? SelectionKey.OP_WRITE : 0));
  }

  private void take() {
    int length = in.getInt();
    int end = in.position() + length;
    if (length > 0 && in.get() == REQUEST) {
      answer(in.getInt(), in.getInt(), in.getInt());
    }
    in.position(end);
  }

  private boolean isComplete() {
    return in.remaining() >= Integer.BYTES
        && in.remaining() >= Integer.BYTES + in.getInt(in.position());
  }

  private void answer(int piece, int begin, int length) {
    out.putInt(9 + length).put(PIECE).putInt(piece).putInt(begin);
    for (int i = 0; i < length; i += Long.BYTES) {
      out.putLong(0); // every length here is that of a whole piece
    }
  }
}
