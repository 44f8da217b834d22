package org.webtorrent4j.benchmarks.compare.program;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A peer's WebSocket to a tracker: just enough of RFC 6455 to be a load. It sends one announce over
 * and over, masked with zeros, and tells answers from relayed offers.
 */
final class AnnounceSocket {
  private static final int TEXT = 0x81;
  private static final int MASKED = 0x80;
  private static final int LENGTH_OF_16_BITS = 126;
  private static final String ANSWER = "\"interval\"";
  private static final String SDP = "v=0\\r\\n" + "a=candidate ".repeat(80); // as long as real ones

  private final SocketChannel channel;
  private final ByteBuffer announce;
  private final ByteBuffer in = ByteBuffer.allocate(1 << 14);
  private long relayed;

  /** Connects, shakes hands, and registers itself as an attachment. */
  AnnounceSocket(int port, Selector selector, int torrent, int peer, int offers)
      throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String request =
        """
        GET /announce HTTP/1.1
        Host: 127.0.0.1
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

        """
            .replace("\n", "\r\n");
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    do {
      receive();
    } while (!new String(in.array(), 0, in.position(), StandardCharsets.US_ASCII)
        .endsWith("\r\n\r\n"));
    in.clear();
    announce = frame(text(torrent, peer, offers));
    channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, this);
  }

  private static String text(int torrent, int peer, int offers) {
    return """
        {"numwant":%d,"uploaded":0,"downloaded":0,"left":%d,"action":"announce",\
        "info_hash":"%020d","peer_id":"-XX0001-%012d","offers":[%s]}"""
        .formatted(
            offers,
            peer % 2,
            torrent,
            peer,
            IntStream.range(0, offers)
                .mapToObj(number -> offer(peer, number))
                .collect(Collectors.joining(",")));
  }

  private static String offer(int peer, int number) {
    return "{\"offer\":{\"type\":\"offer\",\"sdp\":\"%s\"},\"offer_id\":\"%015d%05d\"}"
        .formatted(SDP, peer, number);
  }

  private static ByteBuffer frame(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer frame = ByteBuffer.allocateDirect(bytes.length + 8);
    frame.put((byte) TEXT).put((byte) (MASKED | LENGTH_OF_16_BITS));
    return frame.putShort((short) bytes.length).putInt(0).put(bytes).flip();
  }

  /** Sends the announce. There is always room for one. */
  void announce() throws IOException {
    channel.write(announce.rewind());
    if (announce.hasRemaining()) {
      throw new IOException("the tracker does not read");
    }
  }

  /** Reads what there is, and returns how many answers to announces were in it. */
  int read() throws IOException {
    receive();
    in.flip();
    int answers = 0;
    while (in.remaining() >= 4) {
      int length = in.get(in.position() + 1);
      int head = 2;
      if (length == LENGTH_OF_16_BITS) {
        length = in.getShort(in.position() + 2) & 0xffff;
        head = 4;
      }
      if (in.remaining() < head + length) {
        break;
      }
      if (isAnswer(in.position() + head, length)) {
        answers++;
      } else {
        relayed++;
      }
      in.position(in.position() + head + length);
    }
    in.compact();
    return answers;
  }

  /** How many offers have come. */
  long relayed() {
    return relayed;
  }

  private void receive() throws IOException {
    if (channel.read(in) < 0) {
      throw new EOFException("the tracker has closed a socket");
    }
  }

  /** An answer is short and says when to announce again. */
  private boolean isAnswer(int begin, int length) {
    return length < SDP.length()
        && new String(in.array(), begin, length, StandardCharsets.US_ASCII).contains(ANSWER);
  }
}
