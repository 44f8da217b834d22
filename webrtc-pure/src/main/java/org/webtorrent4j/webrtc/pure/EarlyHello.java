package org.webtorrent4j.webrtc.pure;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a peer sent of DTLS before we had checked the way to it: it begins as soon as it has our
 * answer to its check, and would repeat this only after a while. Confined to the event loop.
 */
final class EarlyHello {
  private static final int MAX_DATAGRAMS = 4;
  private static final int MAX_BYTES = 6 * 1024;

  private final Deque<Held> held = new ArrayDeque<>();
  private int bytes;

  private record Held(ByteBuffer data, InetSocketAddress from) {}

  /** Keeps a datagram, at the cost of the oldest ones. */
  void hold(byte[] data, int length, InetSocketAddress from) {
    held.add(new Held(ByteBuffer.wrap(Arrays.copyOf(data, length)), from));
    bytes += length;
    while (held.size() > MAX_DATAGRAMS || bytes > MAX_BYTES) {
      bytes -= held.remove().data.capacity();
    }
  }

  /** Gives out what came from addresses that are checked by now. */
  void take(Predicate<InetSocketAddress> isChecked, Consumer<byte[]> to) {
    for (int left = held.size(); left > 0; left--) {
      Held next = held.remove();
      if (isChecked.test(next.from)) {
        bytes -= next.data.capacity();
        byte[] data = new byte[next.data.remaining()];
        next.data.get(data);
        to.accept(data);
      } else {
        held.add(next);
      }
    }
  }
}
