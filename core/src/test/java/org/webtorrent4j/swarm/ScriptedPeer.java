package org.webtorrent4j.swarm;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.webtorrent4j.metainfo.InfoHash;
import org.webtorrent4j.metainfo.PeerId;
import org.webtorrent4j.transport.Connection;
import org.webtorrent4j.transport.ConnectionHandler;
import org.webtorrent4j.transport.DialHandler;
import org.webtorrent4j.transport.MemoryTransport;
import org.webtorrent4j.wire.Extension;
import org.webtorrent4j.wire.ExtensionHandshake;
import org.webtorrent4j.wire.Handshake;
import org.webtorrent4j.wire.HandshakeReader;
import org.webtorrent4j.wire.WireBuffers;
import org.webtorrent4j.wire.WireHandler;
import org.webtorrent4j.wire.WireOutput;
import org.webtorrent4j.wire.WireReader;

/**
 * A fake remote that speaks through our own output, as a test wants it to: it says nothing by
 * itself but the handshake.
 */
class ScriptedPeer implements ConnectionHandler, DialHandler, WireHandler {
  final WireOutput out = new WireOutput(new WireBuffers());
  final PeerId id;
  final MemoryTransport host;
  private final Simulation simulation;
  private final InfoHash infoHash;
  private final HandshakeReader handshake = new HandshakeReader();
  private final WireReader reader = new WireReader(this);
  private @Nullable Connection connection;
  private boolean isBegun;
  boolean isSilent; // does not even shake hands
  boolean isClosed;
  boolean isUnchoked;
  int requests;
  int rejects;
  long blockBytes;

  ScriptedPeer(Simulation simulation, TestTorrent torrent) {
    this(simulation, torrent, simulation.network.host(100 << 20), simulation.random.nextLong());
  }

  ScriptedPeer(Simulation simulation, TestTorrent torrent, MemoryTransport host, long seed) {
    this.simulation = simulation;
    this.infoHash = torrent.info.infoHash();
    this.host = host;
    this.id = PeerId.random(new Random(seed));
    reader.fastEnabled(true);
  }

  /** Connects and shakes hands. */
  ScriptedPeer connect(Simulation.Node to) {
    host.dial(to.host.address(), infoHash, this);
    return this;
  }

  boolean isConnected() {
    return isBegun && !isClosed;
  }

  /** Sends what was queued. */
  void flush() {
    if (connection != null && !isClosed) {
      out.flush(connection);
    }
  }

  /** Does something again and again. */
  void every(long nanos, Runnable what) {
    simulation.loop.schedule(
        nanos,
        () -> {
          if (!isClosed) {
            what.run();
            flush();
            every(nanos, what);
          }
        });
  }

  void close() {
    if (connection != null) {
      connection.close();
    }
  }

  /** An extension handshake with these. */
  void sendExtensions(Optional<Integer> metadataSize, Extension... extensions) {
    Map<Extension, Integer> ids = new EnumMap<>(Extension.class);
    for (Extension extension : extensions) {
      ids.put(extension, extension.id());
    }
    ExtensionHandshake said =
        new ExtensionHandshake(
            ids,
            Optional.of("liar"),
            OptionalInt.empty(),
            OptionalInt.empty(),
            metadataSize.map(OptionalInt::of).orElse(OptionalInt.empty()),
            Optional.empty(),
            Optional.empty());
    out.extended(0, said.toBytes());
  }

  /** Both handshakes are through. */
  void onBegun() {}

  @Override
  public void onConnected(Connection newConnection) {
    connection = newConnection;
    newConnection.start(this);
    if (!isSilent) {
      out.handshake(new Handshake(infoHash, id, true, false, true, false));
      flush();
    }
  }

  @Override
  public void onFailed(IOException cause) {
    isClosed = true;
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    try {
      if (!isBegun && handshake.read(bytes)) {
        isBegun = true;
        onBegun();
      }
      if (isBegun) {
        reader.read(bytes);
      }
      flush();
    } catch (ProtocolException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void onWritable() {
    flush();
  }

  @Override
  public void onClosed(@Nullable IOException cause) {
    isClosed = true;
  }

  // ---- what it is told

  @Override
  public void onKeepAlive() {}

  @Override
  public void onChoke() {
    isUnchoked = false;
  }

  @Override
  public void onUnchoke() {
    isUnchoked = true;
  }

  @Override
  public void onInterested() {}

  @Override
  public void onNotInterested() {}

  @Override
  public void onHave(int piece) {}

  @Override
  public void onBitfield(byte[] bits) {}

  @Override
  public void onRequest(int piece, int begin, int length) {
    requests++;
  }

  @Override
  public void onBlockStart(int piece, int begin, int length) {
    blockBytes += length;
  }

  @Override
  public void onBlockBytes(ByteBuffer bytes) {
    bytes.position(bytes.limit());
  }

  @Override
  public void onBlockEnd() {}

  @Override
  public void onCancel(int piece, int begin, int length) {}

  @Override
  public void onPort(int port) {}

  @Override
  public void onSuggest(int piece) {}

  @Override
  public void onHaveAll() {}

  @Override
  public void onHaveNone() {}

  @Override
  public void onReject(int piece, int begin, int length) {
    rejects++;
  }

  @Override
  public void onAllowedFast(int piece) {}

  @Override
  public void onExtended(int id, byte[] payload) {}
}
