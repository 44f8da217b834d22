package org.webtorrent4j.tracker.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** What a tracker client needs of the world; tests have a smaller one. Any thread. */
public interface Network {
  /** The addresses of a host name or address literal; blocks. */
  InetAddress[] resolve(String host) throws IOException;

  /** Connects; blocks. */
  void connect(Socket socket, InetSocketAddress address, int timeoutMillis) throws IOException;

  /** Speaks TLS and trusts whom it should. */
  SSLSocketFactory tls();

  /** The world, from wherever the system chooses. */
  Network SYSTEM = from(LocalAddresses.ANY);

  /** The world, from some addresses of this host. */
  static Network from(LocalAddresses local) {
    return new Network() {
      @Override
      public InetAddress[] resolve(String host) throws IOException {
        return InetAddress.getAllByName(host);
      }

      @Override
      public void connect(Socket socket, InetSocketAddress address, int timeoutMillis)
          throws IOException {
        if (!local.equals(LocalAddresses.ANY)) {
          socket.bind(local.towards(address.getAddress()));
        }
        socket.connect(address, timeoutMillis);
      }

      @Override
      public SSLSocketFactory tls() {
        return (SSLSocketFactory) SSLSocketFactory.getDefault();
      }
    };
  }
}
