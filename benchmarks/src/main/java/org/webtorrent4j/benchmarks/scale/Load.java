package org.webtorrent4j.benchmarks.scale;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.HexFormat;
import java.util.List;
import org.webtorrent4j.Client;
import org.webtorrent4j.Torrent;

/**
 * Bare peers for a client of which the costs are measured: no engine of ours, one thread, nothing
 * but sockets. They connect to the client; some have everything and serve zeros at once, the others
 * have nothing, want nothing and throw away what they are told. Ends with its input.
 *
 * <pre>PORT INFO-HASH IDLE-PEERS SEEDS   prints a line when all have shaken hands</pre>
 */
public final class Load {
  private Load() {}

  /** What is done while the peers are there. */
  interface Work {
    /** Does it. */
    void run() throws Exception;
  }

  /** Does some work while a process of its own has peers connected with a client. */
  static void beside(Client client, Torrent torrent, int idle, int seeds, Work work)
      throws Exception {
    List<String> args =
        List.of(
            Integer.toString(client.port()),
            torrent.infoHash().toString(),
            Integer.toString(idle),
            Integer.toString(seeds));
    try (Child child = Child.java(Load.class, args)) {
      child.line();
      work.run();
    }
  }

  /** Runs the peers. */
  public static void main(String[] args) throws IOException {
    InetSocketAddress client =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
    byte[] infoHash = HexFormat.of().parseHex(args[1]);
    int idle = Integer.parseInt(args[2]);
    int seeds = Integer.parseInt(args[3]);
    endWithInput();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < idle + seeds; i++) {
        SocketChannel channel = SocketChannel.open(client);
        LoadPeer peer = new LoadPeer(channel, i >= idle);
        peer.shakeHands(infoHash, i);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, peer);
      }
      System.out.println("READY");
      while (true) {
        selector.select(key -> ((LoadPeer) key.attachment()).onReady(key));
      }
    }
  }

  private static void endWithInput() {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // until whoever started us closes it
                }
              } catch (IOException e) {
                System.err.println(e);
              }
              Runtime.getRuntime().halt(0);
            });
    thread.setDaemon(true);
    thread.start();
  }
}
