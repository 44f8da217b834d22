package org.webtorrent4j.tracker.server.udp;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * Connection ids (BEP 15), which prove that a client receives what is sent to its address. They are
 * not stored but computed again:
 *
 * <pre>
 *  16 bits                    48 bits
 * +--------------------------+---------------------------------------------+
 * | second of making, mod 2^16 | HMAC-SHA-256 of the second and the address |
 * +--------------------------+---------------------------------------------+
 * </pre>
 *
 * <p>The port is no part of it, for behind some routers every packet has another one. For one
 * thread.
 */
final class ConnectionIds {
  /** How long an id is good, in seconds: twice what a client may rely on. */
  static final int LIFE_SECONDS = 120;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int TIME_BITS = 16;
  private static final int MAC_BITS = Long.SIZE - TIME_BITS;

  private final Mac mac;
  private final byte[] digest;
  private final ByteBuffer second = ByteBuffer.allocate(Long.BYTES);

  /**
   * Ids that only the holder of this secret can make.
   *
   * @param secret random bytes
   */
  ConnectionIds(byte[] secret) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
    digest = new byte[mac.getMacLength()];
  }

  /** An id for the client at this address. */
  long create(InetAddress client, long nanoTime) {
    return of(client, TimeUnit.NANOSECONDS.toSeconds(nanoTime));
  }

  /** Whether this id was made for this client, not too long ago. */
  boolean isValid(long id, InetAddress client, long nanoTime) {
    long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime);
    long age = now - (id >>> MAC_BITS) & (1 << TIME_BITS) - 1;
    return age <= LIFE_SECONDS && of(client, now - age) == id;
  }

  private long of(InetAddress client, long seconds) {
    mac.update(second.clear().putLong(seconds).flip());
    mac.update(client.getAddress());
    try {
      mac.doFinal(digest, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException(e); // it is as long as was asked for
    }
    return seconds << MAC_BITS | ByteBuffer.wrap(digest).getLong() >>> TIME_BITS;
  }
}
