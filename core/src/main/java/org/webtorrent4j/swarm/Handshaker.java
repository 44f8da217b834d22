package org.webtorrent4j.swarm;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.webtorrent4j.loop.EventLoop;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.ConnectionHandler;
import org.webtorrent4j.wire.Handshake;
import org.webtorrent4j.wire.HandshakeReader;
import org.webtorrent4j.wire.WireOutput;

/**
 * A connection until both handshakes are through; from then on it hands everything to the peer. We
 * speak first if we know the torrent, else as soon as its info hash has arrived. Confined to the
 * event loop.
 */
final class Handshaker implements ConnectionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Handshaker.class);

  private final Session session;
  private final Connection connection;
  private final @Nullable PeerAddress dialled;
  private final HandshakeReader reader = new HandshakeReader();
  private final WireOutput output;
  private final EventLoop.Timer timer;
  private @Nullable Swarm swarm; // null until it is known
  private @Nullable Peer peer; // null until both handshakes are through
  private boolean isClosed;

  Handshaker(
      Session session,
      Connection connection,
      @Nullable Swarm swarm,
      @Nullable PeerAddress dialled,
      long timeoutNanos) {
    this.session = session;
    this.connection = connection;
    this.swarm = swarm;
    this.dialled = dialled;
    this.output = new WireOutput(session.wireBuffers());
    this.timer = session.loop().schedule(timeoutNanos, () -> fail("no handshake in time"));
  }

  void start() {
    connection.start(this);
    if (swarm != null) {
      swarm.connections().onHandshaking(this);
      sendOurs(swarm);
    }
  }

  Connection connection() {
    return connection;
  }

  /** Gives up, for example because the torrent is paused. */
  void fail(String reason) {
    if (!isClosed && peer == null) {
      LOG.debug("{} {} failed: {}", connection.transport(), connection.remoteAddress(), reason);
      connection.close();
      end();
    }
  }

  private void end() {
    isClosed = true;
    timer.cancel();
    output.discard();
    session.onHandshakeEnded(this);
    if (swarm != null) {
      swarm.connections().onHandshakeFailed(this, dialled);
    }
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    if (peer == null && !isClosed) {
      try {
        read(bytes);
      } catch (ProtocolException e) {
        fail(String.valueOf(e.getMessage()));
      }
    }
    if (peer != null && bytes.hasRemaining()) {
      peer.onBytes(bytes);
    }
    bytes.position(bytes.limit());
  }

  private void read(ByteBuffer bytes) throws ProtocolException {
    boolean isComplete = reader.read(bytes);
    if (swarm == null && reader.infoHash().isPresent()) {
      Swarm wanted = session.accepting(reader.infoHash().get());
      if (wanted == null) {
        throw new ProtocolException("wants unknown torrent " + reader.infoHash().get());
      }
      swarm = wanted;
      wanted.connections().onHandshaking(this);
      sendOurs(wanted);
    }
    if (isComplete && swarm != null) {
      onComplete(swarm, reader.handshake());
    }
  }

  private void sendOurs(Swarm known) {
    output.handshake(new Handshake(known.infoHash(), session.peerId(), true, false, true, false));
    output.flush(connection);
  }

  private void onComplete(Swarm known, Handshake theirs) throws ProtocolException {
    if (!theirs.infoHash().equals(known.infoHash().truncated())) {
      throw new ProtocolException("answers for another torrent " + theirs.infoHash());
    }
    String refusal = known.connections().admission().admit(theirs.peerId(), connection);
    if (refusal != null) {
      throw new ProtocolException(refusal);
    }
    timer.cancel();
    session.onHandshakeEnded(this);
    known.connections().onHandshakeDone(this);
    peer = known.addPeer(connection, theirs, dialled, output);
  }

  @Override
  public void onWritable() {
    if (peer != null) {
      peer.onWritable();
    } else {
      output.flush(connection);
    }
  }

  @Override
  public void onClosed(@Nullable IOException cause) {
    if (peer != null) {
      peer.onClosed(cause);
    } else if (!isClosed) {
      LOG.debug(
          "{} {} went away in its handshake: {}",
          connection.transport(),
          connection.remoteAddress(),
          cause == null ? "end of stream" : cause.toString());
      end();
    }
  }
}
