package org.webtorrent4j.rtc.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads Binding messages. One object reads one message after the other; what its methods say holds
 * until the next {@link #parse}, and as long as the array is not changed. Confined to a thread.
 *
 * <pre>
 * 0 type 2 | 2 length 2 | 4 cookie 2112a442 | 8 transaction 12 | 20 attributes: type 2, length 2, value, padding
 * </pre>
 */
public final class StunMessage {
  public static final int HEADER = 20;
  public static final int TRANSACTION_LENGTH = 12;

  static final int COOKIE = 0x2112a442;

  private static final int MAX_LENGTH = 1_024;
  private static final int MAX_ATTRIBUTES = 32;
  private static final int MAX_USERNAME = 513;
  private static final int MAX_UNKNOWN = 8;
  private static final int ABSENT = -1;

  private byte[] data = new byte[0];
  private int start;
  private Kind kind = Kind.REQUEST;
  private int username;
  private int usernameLength;
  private int integrity;
  private int error;
  private int mapped;
  private boolean isXored;
  private long priority;
  private boolean isControlling;
  private boolean isControlled;
  private long tieBreaker;
  private boolean usesCandidate;
  private boolean isFingerprinted;
  private int unknownCount;
  private final int[] unknown = new int[MAX_UNKNOWN];

  /** A reader that has read nothing yet. */
  public StunMessage() {}

  /** What a message is for; indications prove nothing, so they are not read. */
  public enum Kind {
    REQUEST(0x0001),
    SUCCESS(0x0101),
    ERROR(0x0111);

    final int type;

    Kind(int type) {
      this.type = type;
    }

    private static @Nullable Kind of(int type) {
      for (Kind kind : values()) {
        if (kind.type == type) {
          return kind;
        }
      }
      return null;
    }
  }

  /** Whether a datagram is STUN and nothing else that shares its port, by its first bytes. */
  public static boolean isStun(byte[] data, int offset, int length) {
    return length >= HEADER
        && data[offset] >= 0
        && data[offset] <= 3
        && int32(data, offset + 4) == COOKIE
        && uint16(data, offset + 2) == length - HEADER
        && (length & 3) == 0;
  }

  /**
   * Reads a datagram.
   *
   * @return whether it is a well-formed Binding message, whose fingerprint, if there is one, is
   *     right
   */
  public boolean parse(byte[] bytes, int offset, int length, StunAuth auth) {
    if (!isStun(bytes, offset, length) || length > MAX_LENGTH) {
      return false;
    }
    Kind found = Kind.of(uint16(bytes, offset));
    if (found == null) {
      return false;
    }
    clear();
    data = bytes;
    start = offset;
    kind = found;
    return readAttributes(offset + length, auth) && !(isControlling && isControlled);
  }

  private void clear() {
    username = ABSENT;
    usernameLength = 0;
    integrity = ABSENT;
    error = ABSENT;
    mapped = ABSENT;
    isXored = false;
    priority = ABSENT;
    isControlling = false;
    isControlled = false;
    tieBreaker = 0;
    usesCandidate = false;
    isFingerprinted = false;
    unknownCount = 0;
  }

  private boolean readAttributes(int end, StunAuth auth) {
    int at = start + HEADER;
    for (int count = 0; at < end; count++) {
      if (count == MAX_ATTRIBUTES || isFingerprinted || end - at < 4) {
        return false; // nothing may follow a fingerprint
      }
      int type = uint16(data, at);
      int length = uint16(data, at + 2);
      int value = at + 4;
      if (length > end - value || ((length + 3) & ~3) > end - value) {
        return false;
      }
      if (type == StunAttribute.FINGERPRINT) {
        if (length != StunAuth.FINGERPRINT_LENGTH
            || int32(data, value) != auth.fingerprint(data, start, at - start)) {
          return false;
        }
        isFingerprinted = true;
      } else if (integrity == ABSENT && !read(type, value, length)) {
        return false; // what stands behind the integrity is anybody's, and skipped
      }
      at = value + ((length + 3) & ~3);
    }
    return true;
  }

  /** Reads one attribute; of those that come twice, the first counts. */
  private boolean read(int type, int value, int length) {
    switch (type) {
      case StunAttribute.USERNAME -> {
        if (length > MAX_USERNAME) {
          return false;
        }
        if (username == ABSENT) {
          username = value;
          usernameLength = length;
        }
      }
      case StunAttribute.MESSAGE_INTEGRITY -> {
        if (length != StunAuth.INTEGRITY_LENGTH) {
          return false;
        }
        integrity = value;
      }
      case StunAttribute.ERROR_CODE -> {
        if (length < 4) {
          return false;
        }
        int hundreds = data[value + 2] & 7;
        int rest = data[value + 3] & 0xff;
        if (hundreds < 3 || hundreds > 6 || rest > 99) {
          return false;
        }
        error = error == ABSENT ? 100 * hundreds + rest : error;
      }
      case StunAttribute.XOR_MAPPED_ADDRESS, StunAttribute.MAPPED_ADDRESS -> {
        return readMapped(type == StunAttribute.XOR_MAPPED_ADDRESS, value, length);
      }
      case StunAttribute.PRIORITY -> {
        if (length != 4) {
          return false;
        }
        priority = priority == ABSENT ? int32(data, value) & 0xffffffffL : priority;
      }
      case StunAttribute.USE_CANDIDATE -> usesCandidate = true;
      case StunAttribute.ICE_CONTROLLED, StunAttribute.ICE_CONTROLLING -> {
        if (length != 8) {
          return false;
        }
        if (!isControlling && !isControlled) {
          tieBreaker = int64(data, value);
        }
        isControlling |= type == StunAttribute.ICE_CONTROLLING;
        isControlled |= type == StunAttribute.ICE_CONTROLLED;
      }
      case StunAttribute.UNKNOWN_ATTRIBUTES -> {
        // of no use to us
      }
      default -> {
        if (type < StunAttribute.OPTIONAL) {
          if (unknownCount < MAX_UNKNOWN) {
            unknown[unknownCount] = type;
          }
          unknownCount++;
        }
      }
    }
    return true;
  }

  private boolean readMapped(boolean xored, int value, int length) {
    int family = length < 2 ? 0 : data[value + 1];
    if (!(family == 1 && length == 8) && !(family == 2 && length == 20)) {
      return false;
    }
    if (mapped == ABSENT || (xored && !isXored)) {
      mapped = value;
      isXored = xored;
    }
    return true;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether who sent it knows the password; what stands behind the integrity was not read. */
  public boolean isAuthentic(SecretKeySpec key, StunAuth auth) {
    if (integrity == ABSENT) {
      return false;
    }
    byte[] right = auth.integrity(data, start, integrity - 4 - start, key);
    byte[] here = Arrays.copyOfRange(data, integrity, integrity + StunAuth.INTEGRITY_LENGTH);
    return MessageDigest.isEqual(right, here);
  }

  /** A byte of the transaction id. */
  public int transaction(int index) {
    return data[start + 8 + index] & 0xff;
  }

  /** The first four bytes of the transaction id. */
  public int transactionPrefix() {
    return int32(data, start + 8);
  }

  public byte[] transaction() {
    return Arrays.copyOfRange(data, start + 8, start + HEADER);
  }

  /** Who is asked and who asks, {@code ufrag:ufrag}; nothing if it says neither. */
  public @Nullable String username() {
    return username == ABSENT
        ? null
        : new String(data, username, usernameLength, StandardCharsets.ISO_8859_1);
  }

  /** The priority that the sender's address would have, unsigned, or -1. */
  public long priority() {
    return priority;
  }

  public boolean isControlling() {
    return isControlling;
  }

  public boolean isControlled() {
    return isControlled;
  }

  /** Of two ends that claim the same role, the one with the larger number, unsigned, keeps it. */
  public long tieBreaker() {
    return tieBreaker;
  }

  public boolean usesCandidate() {
    return usesCandidate;
  }

  /** 300 to 699, or -1. */
  public int errorCode() {
    return error;
  }

  /** Attributes that must be known and are not, at most eight of them. */
  public int[] unknownAttributes() {
    return Arrays.copyOf(unknown, Math.min(unknownCount, MAX_UNKNOWN));
  }

  public boolean hasUnknownAttributes() {
    return unknownCount > 0;
  }

  /** As whom the other end sees us, if it says. */
  public @Nullable InetSocketAddress mappedAddress() {
    if (mapped == ABSENT) {
      return null;
    }
    byte[] address =
        Arrays.copyOfRange(data, mapped + 4, mapped + (data[mapped + 1] == 1 ? 8 : 20));
    int port = uint16(data, mapped + 2);
    if (isXored) {
      port ^= COOKIE >>> 16;
      for (int i = 0; i < address.length; i++) {
        address[i] ^= data[start + 4 + i];
      }
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // only for other lengths
    }
  }

  private static int uint16(byte[] d, int at) {
    return ((d[at] & 0xff) << 8) | (d[at + 1] & 0xff);
  }

  private static int int32(byte[] d, int at) {
    return (uint16(d, at) << 16) | uint16(d, at + 2);
  }

  private static long int64(byte[] d, int at) {
    return ((long) int32(d, at) << 32) | (int32(d, at + 4) & 0xffffffffL);
  }
}
