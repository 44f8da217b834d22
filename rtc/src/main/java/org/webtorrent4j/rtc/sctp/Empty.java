package org.webtorrent4j.rtc.sctp;

/** Arrays of nothing, of which thousands of idle associations need no more than one each. */
final class Empty {
  static final byte[] BYTES = new byte[0];
  static final byte[][] BLOCKS = new byte[0][];
  static final short[] SHORTS = new short[0];
  static final int[] INTS = new int[0];
  static final long[] LONGS = new long[0];

  private Empty() {}
}
