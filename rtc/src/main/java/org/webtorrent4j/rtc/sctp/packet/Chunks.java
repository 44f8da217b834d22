package org.webtorrent4j.rtc.sctp.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The numbers of SCTP's wire format, and how they are read and compared. */
public final class Chunks {
  public static final int DATA = 0;
  public static final int INIT = 1;
  public static final int INIT_ACK = 2;
  public static final int SACK = 3;
  public static final int HEARTBEAT = 4;
  public static final int HEARTBEAT_ACK = 5;
  public static final int ABORT = 6;
  public static final int SHUTDOWN = 7;
  public static final int SHUTDOWN_ACK = 8;
  public static final int ERROR = 9;
  public static final int COOKIE_ECHO = 10;
  public static final int COOKIE_ACK = 11;
  public static final int SHUTDOWN_COMPLETE = 14;
  public static final int I_DATA = 64;
  public static final int RE_CONFIG = 130;
  public static final int PAD = 132;
  public static final int FORWARD_TSN = 192;

  /** Flags of DATA: the last fragment, the first one, unordered, acknowledge at once. */
  public static final int END = 1;

  public static final int BEGIN = 2;
  public static final int UNORDERED = 4;
  public static final int IMMEDIATE = 8;

  /** Flag of ABORT and SHUTDOWN-COMPLETE: the tag is the sender's own. */
  public static final int TAG_REFLECTED = 1;

  /** Source port, destination port, verification tag, checksum. */
  public static final int COMMON_HEADER = 12;

  /** Type, flags, length. */
  public static final int HEADER = 4;

  /** A DATA chunk before its payload. */
  public static final int DATA_HEADER = 16;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  private Chunks() {}

  /** The byte at {@code at}, 0 to 255. */
  public static int u8(byte[] bytes, int at) {
    return bytes[at] & 0xff;
  }

  /** The two bytes from {@code at}, 0 to 65,535. */
  public static int u16(byte[] bytes, int at) {
    return (short) SHORT.get(bytes, at) & 0xffff;
  }

  /** The four bytes from {@code at}. */
  public static int i32(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static void put16(byte[] bytes, int at, int value) {
    SHORT.set(bytes, at, (short) value);
  }

  static void put32(byte[] bytes, int at, int value) {
    INT.set(bytes, at, value);
  }

  /** A length with the padding behind it. */
  public static int padded(int length) {
    return (length + 3) & ~3;
  }

  /**
   * The number that a wrapping one of 32 bits means: the one next to {@code near}. Inside, numbers
   * are such longs, since comparing wrapped ones is not transitive.
   */
  public static long unwrap(int number, long near) {
    return near + (number - (int) near);
  }
}
