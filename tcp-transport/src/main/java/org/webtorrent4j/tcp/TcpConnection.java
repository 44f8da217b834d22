package org.webtorrent4j.tcp;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.ConnectionHandler;

/**
 * A connected TCP socket. The sizes of its buffers are the kernel's affair, which fits them to the
 * path. Confined to the event loop.
 *
 * <p>The negotiation of encryption is its first owner and hands it on, unstarted again, with the
 * bytes that it has taken and not used: {@link #holdBack}, {@link #handBack}.
 */
final class TcpConnection implements Connection {
  private static final Logger logger = LoggerFactory.getLogger(TcpConnection.class);

  /** Reads of one socket in one turn, while they fill the buffer. */
  private static final int READS_PER_TURN = 2;

  private final Sockets sockets;
  private final SocketChannel channel;
  private final boolean isIncoming;
  private final SocketAddress remoteAddress;
  private final EventLoop.Registration registration;
  private @Nullable ConnectionHandler handler;
  private int readSize = Sockets.READ_SIZE;
  private boolean isReading;
  private boolean isShort; // a write was not taken whole
  private @Nullable ByteBuffer unread; // taken from the socket, comes before what is there
  private boolean isEnded;
  private @Nullable IOException endCause;

  /**
   * Takes over a connected, non-blocking channel.
   *
   * @throws IOException if it is connected no more; the channel is then closed
   */
  TcpConnection(Sockets sockets, SocketChannel channel, boolean isIncoming) throws IOException {
    this.sockets = sockets;
    this.channel = channel;
    this.isIncoming = isIncoming;
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      remoteAddress = channel.getRemoteAddress();
      registration = sockets.loop().register(channel, 0, this::onReady);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    sockets.add(this);
  }

  @Override
  public String transport() {
    return TcpTransport.NAME;
  }

  @Override
  public SocketAddress remoteAddress() {
    return remoteAddress;
  }

  @Override
  public boolean isIncoming() {
    return isIncoming;
  }

  @Override
  public boolean isEncrypted() {
    return false;
  }

  @Override
  public void start(ConnectionHandler newHandler) {
    start(newHandler, Sockets.READ_SIZE);
  }

  /** Starts for an owner that wants at most {@code newReadSize} bytes at a time. */
  void start(ConnectionHandler newHandler, int newReadSize) {
    assert sockets.loop().inLoop();
    if (handler != null) {
      throw new IllegalStateException("the connection was started already");
    }
    handler = newHandler;
    readSize = newReadSize;
    if (isEnded) {
      sockets.loop().execute(this::tellEnded);
    } else {
      resumeReading();
    }
  }

  /** Stops reading and keeps bytes that the owner was given and cannot use yet. */
  void holdBack(ByteBuffer rest) {
    isReading = false;
    keep(unread == null ? ByteBuffer.allocate(0) : unread, rest);
    watch();
  }

  /** Goes on after {@link #holdBack}. */
  void resumeReading() {
    isReading = true;
    watch();
    if (unread != null) {
      sockets.loop().execute(this::deliverUnread);
    }
  }

  /** Ends this ownership, after {@link #holdBack}; the next owner is given {@code first} first. */
  void handBack(byte[] first) {
    assert !isReading;
    handler = null;
    keep(ByteBuffer.wrap(first), unread == null ? ByteBuffer.allocate(0) : unread);
  }

  private void keep(ByteBuffer first, ByteBuffer second) {
    int length = first.remaining() + second.remaining();
    unread = length == 0 ? null : ByteBuffer.allocate(length).put(first).put(second).flip();
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) {
    assert sockets.loop().inLoop();
    if (isEnded) {
      return takeAll(buffers, offset, count);
    }
    if (isShort) {
      return 0;
    }
    try {
      long taken = channel.write(buffers, offset, count);
      isShort = hasRemaining(buffers, offset, count);
      watch();
      return taken;
    } catch (IOException e) {
      end(e);
      sockets.loop().execute(this::tellEnded);
      return takeAll(buffers, offset, count);
    }
  }

  private static boolean hasRemaining(ByteBuffer[] buffers, int offset, int count) {
    // From the end: the last is written last.
    for (int i = offset + count - 1; i >= offset; i--) {
      if (buffers[i].hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  /** What an ended connection does with bytes. */
  static long takeAll(ByteBuffer[] buffers, int offset, int count) {
    long taken = 0;
    for (int i = offset; i < offset + count; i++) {
      taken += buffers[i].remaining();
      buffers[i].position(buffers[i].limit());
    }
    return taken;
  }

  @Override
  public void close() {
    assert sockets.loop().inLoop();
    if (!isEnded) {
      end(null);
      sockets.loop().execute(this::tellEnded);
    }
  }

  private void watch() {
    if (!isEnded) {
      int reads = isReading ? SelectionKey.OP_READ : 0;
      int writes = isShort && handler != null ? SelectionKey.OP_WRITE : 0;
      registration.interestOps(reads | writes);
    }
  }

  private void onReady(int readyOps) {
    try {
      if ((readyOps & SelectionKey.OP_WRITE) != 0 && isShort && handler != null) {
        isShort = false;
        watch();
        handler.onWritable();
      }
      if ((readyOps & SelectionKey.OP_READ) != 0) {
        deliverUnread();
        readSocket();
      }
    } catch (Throwable e) {
      failOnOurBug(e);
    }
  }

  private void deliverUnread() {
    ByteBuffer bytes = unread;
    if (bytes == null || handler == null || !isReading || isEnded) {
      return;
    }
    unread = null;
    try {
      handler.onBytes(bytes);
    } catch (Throwable e) {
      failOnOurBug(e);
    }
  }

  private void readSocket() {
    ByteBuffer buffer = sockets.readBuffer();
    for (int i = 0; i < READS_PER_TURN && isReading && !isEnded && handler != null; i++) {
      int length;
      try {
        length = channel.read(buffer.clear().limit(readSize));
      } catch (IOException e) {
        end(e);
        tellEnded();
        return;
      }
      if (length < 0) {
        end(null);
        tellEnded();
      } else if (length > 0) {
        handler.onBytes(buffer.flip());
      }
      if (length < readSize) {
        return;
      }
    }
  }

  /** A bug in serving one peer costs that peer, and is seen by its owner. */
  private void failOnOurBug(Throwable bug) {
    logger.error("a handler of {} failed", remoteAddress, bug);
    if (!isEnded) {
      end(new IOException("internal error", bug));
      sockets.loop().execute(this::tellEnded);
    }
  }

  private void end(@Nullable IOException cause) {
    isEnded = true;
    endCause = cause;
    unread = null;
    sockets.remove(this);
    registration.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      logger.debug("{} closed with an error", remoteAddress, e);
    }
  }

  private void tellEnded() {
    ConnectionHandler told = handler;
    if (told != null) {
      handler = null;
      told.onClosed(endCause);
    }
  }
}
