package org.webtorrent4j.rtc.sctp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.webtorrent4j.rtc.sctp.packet.Init;

/**
 * The state cookie: all that an INIT told, and when, under a key that only this association knows.
 * So an INIT costs no memory until its sender has shown that it hears us (RFC 9260 §5.1.3).
 *
 * <pre>
 *   time 8 | own tag 4 | tag 4 | window 4 | outgoing 2 | incoming 2 | first TSN 4 | flags 4 | MAC 16
 * </pre>
 */
final class Cookie {
  /** Nanoseconds for which a cookie is good. */
  static final long LIFE = 60_000_000_000L;

  private static final int BODY = 32;
  private static final int SIZE = BODY + 16;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] key = new byte[16];

  Cookie(RandomGenerator random) {
    random.nextBytes(key);
  }

  byte[] bake(Init peer, int ownTag, long now) {
    ByteBuffer cookie = ByteBuffer.allocate(SIZE);
    cookie.putLong(now).putInt(ownTag).putInt(peer.tag()).putInt((int) peer.window());
    cookie.putShort((short) peer.outgoing()).putShort((short) peer.incoming());
    cookie.putInt(peer.firstTsn());
    cookie.putInt((peer.knowsForwardTsn() ? 1 : 0) | (peer.takesZeroChecksum() ? 2 : 0));
    cookie.put(mac(cookie.array(), 0), 0, SIZE - BODY);
    return cookie.array();
  }

  /** What the INIT told for which we baked this cookie; empty if we did not. */
  Optional<Init> open(byte[] b, int offset, int length, int ownTag) {
    if (length != SIZE || !isOurs(b, offset)) {
      return Optional.empty();
    }
    ByteBuffer cookie = ByteBuffer.wrap(b, offset + 8, BODY - 8);
    if (cookie.getInt() != ownTag) {
      return Optional.empty();
    }
    int tag = cookie.getInt();
    long window = cookie.getInt() & 0xffff_ffffL;
    int outgoing = cookie.getShort() & 0xffff;
    int incoming = cookie.getShort() & 0xffff;
    int firstTsn = cookie.getInt();
    int flags = cookie.getInt();
    return Optional.of(
        new Init(tag, window, outgoing, incoming, firstTsn, (flags & 1) != 0, (flags & 2) != 0));
  }

  /** Whether a cookie of ours is too old. */
  static boolean isStale(byte[] b, int offset, long now) {
    return now - ByteBuffer.wrap(b).getLong(offset) > LIFE;
  }

  private boolean isOurs(byte[] b, int offset) {
    byte[] mac = Arrays.copyOf(mac(b, offset), SIZE - BODY);
    return MessageDigest.isEqual(mac, Arrays.copyOfRange(b, offset + BODY, offset + SIZE));
  }

  private byte[] mac(byte[] b, int offset) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(b, offset, BODY);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
