package org.webtorrent4j.tracker.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.webtorrent4j.net.Url;

/**
 * Opens sockets to the hosts of tracker URLs; every address is checked that is really connected to.
 * Blocks. Immutable.
 */
public final class Connector {
  private static final int MAX_ADDRESSES = 4;

  private final Network network;
  private final LongSupplier nanoClock;
  private final long limitNanos;

  /**
   * A connector.
   *
   * @param limit how long all addresses of a host together may take to be reached
   */
  public Connector(Network network, LongSupplier nanoClock, Duration limit) {
    this.network = network;
    this.nanoClock = nanoClock;
    this.limitNanos = limit.toNanos();
  }

  /**
   * A connected socket and the address that was meant.
   *
   * @param socket may be closed by any thread at any time
   * @param address the one that was checked
   */
  public record Wire(Socket socket, InetAddress address) implements Closeable {
    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /**
   * Tries the addresses of the host, each for its share of the time.
   *
   * @param sender who sends us there
   * @param opened shown every socket before it connects, so that somebody may close it
   * @throws IOException if none can be reached or is allowed; the message is for a user
   */
  public Wire connect(Url url, AddressRules.Sender sender, Consumer<Socket> opened)
      throws IOException {
    List<InetAddress> addresses = addresses(url.host());
    long deadline = nanoClock.getAsLong() + limitNanos;
    IOException failure = new UnknownHostException("no address of " + url.host());
    for (int i = 0; i < addresses.size(); i++) {
      InetAddress address = addresses.get(i);
      long share = (deadline - nanoClock.getAsLong()) / (addresses.size() - i);
      Socket socket = new Socket();
      try {
        AddressRules.check(url, address, sender);
        opened.accept(socket);
        InetSocketAddress target = new InetSocketAddress(address, url.port());
        network.connect(socket, target, (int) Math.max(1, share / 1_000_000));
        return new Wire(socket, address);
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  private List<InetAddress> addresses(String host) throws IOException {
    try {
      InetAddress[] all = network.resolve(host);
      return List.of(all).subList(0, Math.min(all.length, MAX_ADDRESSES));
    } catch (UnknownHostException e) {
      throw new IOException("unknown host " + host, e);
    }
  }

  /** Puts TLS on top, with the chain and the host name of the URL checked by the JDK. */
  public SSLSocket secure(Socket plain, Url url) throws IOException {
    // Certificates have neither the brackets of an address nor a dot at the end.
    String name = url.host().replaceFirst("^\\[", "").replaceFirst("[].]$", "");
    SSLSocket socket = (SSLSocket) network.tls().createSocket(plain, name, url.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
