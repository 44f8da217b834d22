package org.webtorrent4j.tcp.mse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One direction of an RC4 stream, as MSE uses it: the first 1024 bytes of the key stream are
 * dropped. Not from {@code javax.crypto}, where a security policy may forbid it.
 */
public final class Rc4 {
  private static final int DROPPED = 1024;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int[] state = new int[256];
  private int i;
  private int j;

  /** A stream with a key of 1 to 256 bytes. */
  public Rc4(byte[] key) {
    for (int n = 0; n < 256; n++) {
      state[n] = n;
    }
    int k = 0;
    for (int n = 0; n < 256; n++) {
      k = (k + state[n] + key[n % key.length]) & 0xff;
      int swapped = state[n];
      state[n] = state[k];
      state[k] = swapped;
    }
    crypt(new byte[DROPPED], 0, DROPPED);
  }

  /**
   * Encrypts or decrypts, which is the same, the next bytes of the stream in place. Eight at a time
   * where there are as many: that is a fifth faster than one by one.
   */
  public void crypt(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = offset;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ next(Long.SIZE));
    }
    for (; at < end; at++) {
      bytes[at] ^= (byte) next(Byte.SIZE);
    }
  }

  /** So many bits of the key stream, the earlier ones lower. */
  private long next(int bits) {
    int[] s = state;
    int x = i;
    int y = j;
    long key = 0;
    for (int shift = 0; shift < bits; shift += Byte.SIZE) {
      x = (x + 1) & 0xff;
      int a = s[x];
      y = (y + a) & 0xff;
      int b = s[y];
      s[x] = b;
      s[y] = a;
      key |= (long) s[(a + b) & 0xff] << shift;
    }
    i = x;
    j = y;
    return key;
  }

  /**
   * Moves the next bytes of the stream from one buffer to the other, which must have room for all,
   * through {@code scratch}. The two may be views of the same bytes.
   */
  public void crypt(ByteBuffer from, ByteBuffer to, byte[] scratch) {
    while (from.hasRemaining()) {
      int length = Math.min(from.remaining(), scratch.length);
      from.get(scratch, 0, length);
      crypt(scratch, 0, length);
      to.put(scratch, 0, length);
    }
  }
}
