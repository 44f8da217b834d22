package org.webtorrent4j.tcp;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.DialHandler;
import org.webtorrent4j.transport.Dialer;

/**
 * One connection on its way to be opened: connect, negotiate encryption if it is to be, and if the
 * negotiation fails perhaps once more without. A peer that cannot be connected to is not tried
 * again: encryption would not change that. Confined to the event loop.
 */
final class Dial implements Dialer.Attempt, MseNegotiation.Result {
  /** What a dial does about encryption. */
  enum Mode {
    PLAINTEXT,
    /** With MSE only. */
    MSE,
    /** With MSE and then, over a second connection, in plaintext. */
    MSE_THEN_PLAINTEXT
  }

  private final TcpTransport transport;
  private final InetSocketAddress address;
  private final InfoHash infoHash;
  private final DialHandler handler;
  private Mode mode;
  private @Nullable SocketChannel connecting;
  private @Nullable MseNegotiation negotiation;
  private EventLoop.@Nullable Timer timeout;
  private boolean isOver;

  Dial(
      TcpTransport transport,
      InetSocketAddress address,
      InfoHash infoHash,
      Mode mode,
      DialHandler handler) {
    this.transport = transport;
    this.address = address;
    this.infoHash = infoHash;
    this.mode = mode;
    this.handler = handler;
  }

  /** Begins; the handler is not called from inside. */
  void start() {
    try {
      connect();
    } catch (IOException | RuntimeException e) {
      // Some addresses are refused with unchecked exceptions, such as those of a family we lack.
      IOException cause = e instanceof IOException io ? io : new IOException(e.toString(), e);
      transport.loop().execute(() -> fail(cause));
    }
  }

  private void connect() throws IOException {
    InetAddress remote = address.getAddress();
    if (remote == null) {
      throw new UnknownHostException("not resolved: " + address);
    }
    SocketChannel channel =
        SocketChannel.open(
            remote instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6);
    connecting = channel;
    channel.configureBlocking(false);
    InetAddress local = transport.localAddressFor(remote);
    if (local != null) {
      channel.bind(new InetSocketAddress(local, 0));
    }
    limitTime(transport.settings().connectTimeout(), "connecting");
    // Where it connects at once, the channel is ready at once too.
    boolean isConnected = channel.connect(address);
    transport
        .loop()
        .register(
            channel,
            isConnected ? SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT,
            ready -> onConnectable(channel));
  }

  private void onConnectable(SocketChannel channel) {
    TcpConnection wire;
    try {
      if (!channel.finishConnect()) {
        return;
      }
      wire = new TcpConnection(transport.sockets(), channel, false);
    } catch (IOException e) {
      fail(e);
      return;
    }
    connecting = null;
    if (mode == Mode.PLAINTEXT) {
      onNegotiated(wire);
    } else {
      limitTime(transport.settings().handshakeTimeout(), "negotiating encryption");
      negotiation = transport.negotiateOutgoing(wire, infoHash, this);
    }
  }

  private void limitTime(Duration limit, String what) {
    cancelTimer();
    timeout =
        transport
            .loop()
            .schedule(limit.toNanos(), () -> onTimeout("timed out " + what + " with " + address));
  }

  private void onTimeout(String message) {
    SocketTimeoutException cause = new SocketTimeoutException(message);
    if (negotiation != null) {
      negotiation.cancel();
      onFailed(cause);
    } else {
      fail(cause);
    }
  }

  @Override
  public void onNegotiated(Connection connection) {
    finish();
    handler.onConnected(connection);
  }

  @Override
  public void onFailed(IOException cause) {
    negotiation = null;
    if (mode == Mode.MSE_THEN_PLAINTEXT) {
      mode = Mode.PLAINTEXT;
      start();
    } else {
      fail(cause);
    }
  }

  /** Gives up with a failure that the handler learns later. */
  void abandon(IOException cause) {
    cancel();
    transport.loop().execute(() -> handler.onFailed(cause));
  }

  private void fail(IOException cause) {
    if (!isOver) {
      cancel();
      handler.onFailed(cause);
    }
  }

  @Override
  public void cancel() {
    if (isOver) {
      return;
    }
    finish();
    if (negotiation != null) {
      negotiation.cancel();
    }
    if (connecting != null) {
      try {
        connecting.close();
      } catch (IOException e) {
        // It was of no use before, either.
      }
    }
  }

  private void finish() {
    isOver = true;
    cancelTimer();
    transport.onDialOver(this);
  }

  private void cancelTimer() {
    if (timeout != null) {
      timeout.cancel();
    }
  }
}
