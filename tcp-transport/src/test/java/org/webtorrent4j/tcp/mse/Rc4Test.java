package org.webtorrent4j.tcp.mse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Rc4Test {
  @ParameterizedTest
  @CsvSource({
    "0102030405, 30abbcc7c20b01609f23ee2d5f6bb7df, ff25b58995996707e51fbdf08b34d875",
    "0102030405060708090a0b0c0d0e0f10,"
        + " bdf0324e6083dcc6d3cedd3ca8c53c16, a36a4c301ae8ac13610ccbc12256cacc",
    "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20,"
        + " 7fec5bfd9f9b89ce6548309092d7e958, f3e4c0a2e02d1d01f7f0a74618af2b48"
  })
  void keyStreamIsThatOfRfc6229AfterTheDroppedBytes(String key, String at1024, String at4096) {
    Rc4 stream = new Rc4(HexFormat.of().parseHex(key));
    byte[] bytes = new byte[4096 - 1024 + 16];

    stream.crypt(bytes, 0, bytes.length);

    assertEquals(at1024, HexFormat.of().formatHex(bytes, 0, 16));
    assertEquals(at4096, HexFormat.of().formatHex(bytes, 4096 - 1024, 4096 - 1024 + 16));
  }

  @Test
  void resultDoesNotDependOnHowItIsCut() {
    Random random = new Random(1);
    byte[] whole = new byte[10_000];
    random.nextBytes(whole);
    byte[] cut = whole.clone();
    byte[] key = {1, 2, 3};

    new Rc4(key).crypt(whole, 0, whole.length);
    Rc4 stream = new Rc4(key);
    for (int at = 0; at < cut.length; ) {
      int length = Math.min(random.nextInt(700), cut.length - at);
      stream.crypt(cut, at, length);
      at += length;
    }

    assertArrayEquals(whole, cut);
  }

  @Test
  void buffersAreCryptedThroughASmallArrayAndInPlace() {
    byte[] plain = new byte[1000];
    new Random(2).nextBytes(plain);
    byte[] key = {9};
    ByteBuffer direct = ByteBuffer.allocateDirect(1000).put(plain).flip();

    new Rc4(key).crypt(direct.duplicate(), direct.duplicate(), new byte[64]);
    byte[] back = new byte[1000];
    new Rc4(key).crypt(direct, ByteBuffer.wrap(back), new byte[333]);

    assertArrayEquals(plain, back);
  }
}
