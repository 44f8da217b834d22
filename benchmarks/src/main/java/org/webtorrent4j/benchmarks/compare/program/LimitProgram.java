package org.webtorrent4j.benchmarks.compare.program;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The limit: what bare Java needs for the same bytes. One thread reads pieces from a file and sends
 * them as blocks of 16 KiB with their heads; another receives them into pieces, which workers hash
 * and write. No protocol, no choice, no state. Says {@code RESULT seconds}, then the hashes' use.
 *
 * <pre>
 * send FILE              says READY port
 * receive PORT COPY LENGTH
 * </pre>
 */
public final class LimitProgram {
  private static final int PIECE = 1 << 20;
  private static final int BLOCK = 1 << 14;
  private static final int HEAD = 13;
  private static final int BUFFER = 1 << 18;
  private static final int PIECES_IN_MEMORY = 32;

  /**
   * Larger writes need larger pieces of page cache, which a virtual machine's host gives slowly.
   */
  private static final int WRITE = 1 << 15;

  private LimitProgram() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    if (args[0].equals("send")) {
      send(Path.of(args[1]));
    } else {
      receive(Integer.parseInt(args[1]), Path.of(args[2]), Long.parseLong(args[3]));
    }
    Standby.serve(Standby.input()); // until the benchmark has read our CPU time
  }

  private static void send(Path file) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      System.out.println("READY " + server.socket().getLocalPort());
      try (SocketChannel socket = server.accept();
          FileChannel in = FileChannel.open(file)) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER);
        ByteBuffer[] blocks = new ByteBuffer[2 * BUFFER / BLOCK];
        for (int i = 0; i < blocks.length; i += 2) {
          blocks[i] = ByteBuffer.allocateDirect(HEAD);
          blocks[i + 1] = bytes.slice(i / 2 * BLOCK, BLOCK);
        }
        for (long at = 0; at < in.size(); at += BUFFER) {
          bytes.clear();
          while (bytes.hasRemaining()) {
            in.read(bytes, at + bytes.position());
          }
          for (ByteBuffer block : blocks) {
            block.clear();
          }
          while (blocks[blocks.length - 1].hasRemaining()) {
            socket.write(blocks);
          }
        }
      }
    }
  }

  private static void receive(int port, Path copy, long length) throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(2);
    BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(PIECES_IN_MEMORY);
    for (int i = 0; i < PIECES_IN_MEMORY; i++) {
      free.add(ByteBuffer.allocateDirect(PIECE));
    }
    List<Future<?>> saves = new ArrayList<>();
    long begin = System.nanoTime();
    try (SocketChannel socket =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        FileChannel out =
            FileChannel.open(copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
      in.limit(0);
      for (long at = 0; at < length; at += PIECE) {
        ByteBuffer piece = free.take().clear();
        while (piece.hasRemaining()) {
          copy(socket, in, HEAD, null);
          copy(socket, in, BLOCK, piece);
        }
        long offset = at;
        saves.add(
            workers.submit(
                () -> {
                  MessageDigest digest = MessageDigest.getInstance("SHA-1");
                  digest.update(piece.flip());
                  digest.digest();
                  for (int written = 0; written < PIECE; written = piece.position()) {
                    piece.position(written).limit(Math.min(PIECE, written + WRITE));
                    out.write(piece, offset + written);
                  }
                  return free.add(piece);
                }));
      }
      for (Future<?> save : saves) {
        save.get();
      }
    }
    System.out.printf("RESULT %.3f%n", (System.nanoTime() - begin) / 1e9);
    workers.shutdown();
    if (Files.size(copy) != length) {
      throw new IOException("the copy is short");
    }
  }

  /** Moves bytes from the socket, by way of a buffer, to a piece or nowhere. */
  private static void copy(SocketChannel socket, ByteBuffer in, int length, @Nullable ByteBuffer to)
      throws IOException {
    int left = length;
    while (left > 0) {
      if (!in.hasRemaining()) {
        in.clear();
        if (socket.read(in) < 0) {
          throw new IOException("the sender has gone");
        }
        in.flip();
      }
      int count = Math.min(left, in.remaining());
      if (to != null) {
        to.put(to.position(), in, in.position(), count).position(to.position() + count);
      }
      in.position(in.position() + count);
      left -= count;
    }
  }
}
