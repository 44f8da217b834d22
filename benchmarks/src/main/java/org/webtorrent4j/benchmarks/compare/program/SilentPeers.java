package org.webtorrent4j.benchmarks.compare.program;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.webtorrent4j.metainfo.Metainfo;

/**
 * Many peers that shake hands (BEP 3, without extensions) and then say nothing but a keep-alive
 * each every 100 s, spread evenly. What they are sent they read and forget. Says {@code CONNECTED
 * count}; answers any line with {@code OPEN count}, how many still are.
 *
 * <pre>
 * PORT TORRENT COUNT
 * </pre>
 */
public final class SilentPeers {
  private static final int HANDSHAKE = 68;
  private static final int KEEP_ALIVE = 4;
  private static final long KEEP_ALIVE_NANOS = 100_000_000_000L;

  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
  private final List<SocketChannel> peers = new ArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final Selector selector = Selector.open();

  private SilentPeers() throws IOException {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    SilentPeers crowd = new SilentPeers();
    byte[] infoHash = Metainfo.read(Path.of(args[1])).info().infoHash().bytes();
    int count = Integer.parseInt(args[2]);
    for (int i = 0; i < count; i++) {
      crowd.connect(Integer.parseInt(args[0]), infoHash, i);
    }
    System.out.println("CONNECTED " + count);
    Thread silence = new Thread(crowd::beSilent, "silence");
    silence.setDaemon(true);
    silence.start();
    Standby.input().lines().forEach(line -> System.out.println("OPEN " + crowd.open));
  }

  private void connect(int port, byte[] infoHash, int number) throws IOException {
    SocketChannel peer =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    ByteBuffer handshake = ByteBuffer.allocate(HANDSHAKE);
    handshake.put((byte) 19).put("BitTorrent protocol".getBytes(StandardCharsets.US_ASCII));
    handshake.putLong(0).put(infoHash);
    handshake.put("-XX0001-%012d".formatted(number).getBytes(StandardCharsets.US_ASCII));
    peer.write(handshake.flip());
    handshake.clear();
    while (handshake.hasRemaining()) {
      if (peer.read(handshake) < 0) {
        throw new EOFException("peer " + number + " was turned away");
      }
    }
    peer.configureBlocking(false).register(selector, SelectionKey.OP_READ);
    peers.add(peer);
    open.incrementAndGet();
  }

  private void beSilent() {
    long pause = KEEP_ALIVE_NANOS / peers.size();
    long next = System.nanoTime();
    for (int i = 0; ; i = (i + 1) % peers.size()) {
      next += pause;
      try {
        for (long left = pause; left > 0; left = next - System.nanoTime()) {
          selector.select(this::read, Math.max(1, left / 1_000_000));
        }
        if (peers.get(i).isOpen()) {
          peers.get(i).write(ByteBuffer.allocate(KEEP_ALIVE));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void read(SelectionKey key) {
    try {
      if (((SocketChannel) key.channel()).read(in.clear()) < 0) {
        key.channel().close();
        open.decrementAndGet();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
