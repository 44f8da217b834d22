package org.webtorrent4j.tcp.mse;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.webtorrent4j.metainfo.InfoHash;

/** An exchange of which every byte was confirmed by programs of others. */
final class MseVectors {
  static final String PRIME =
      "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
          + "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
          + "4FE1356D6D51C245E485B576625E7EC6F44C42E9A63A36210000000000090563";
  static final String YA =
      "96e112dab29e8c5272accb9b17b26887ce54a144a4e3b697c7d159b7a817e556"
          + "b0918db2b4c658e02a87f7e5fb14b18a553e084cbf3dad2d30f16596ccb982d4"
          + "06258c61b30c5c1dae2ddc60bdbd48d79896312aad63238c39e1a633821eb693";
  static final String YB =
      "893a7296b1283978521c55bf42162ee7a0b9a5c8b2c5479a487d5abdeba8ca12"
          + "4899a10c45c70e2975456668148db5cdf735158915375ce20beb7c546087df27"
          + "972d266f25792f5586fec902b833296b412a84ae51c40ee25b89c45a16275883";
  static final String SECRET =
      "e1d60e29248f2691e0afb3008b86d096329def5e1ab05e6fdb29205165d7d696"
          + "524faeb39b459922d74317de6b549677fcdbd1c479a9dd3a5551506742483799"
          + "f0a783b0a1dc0e9290f5beac16bed68b8dda72a97ba6fbc47f05b91bb0d97ba4";
  static final InfoHash TORRENT = InfoHash.ofHex("08ada5a7a6183aae1e09d831df6748d566095a10");

  private MseVectors() {}

  static DhKeyExchange keysOfA() {
    return new DhKeyExchange(new BigInteger("0102030405060708090a0b0c0d0e0f1011121314", 16));
  }

  static DhKeyExchange keysOfB() {
    return new DhKeyExchange(new BigInteger("1415161718191a1b1c1d1e1f2021222324252627", 16));
  }

  /** Gives pads of these lengths, in turn, with the bytes 0, 1, 2. */
  static SecureRandom pads(int... lengths) {
    return new SecureRandom() {
      private static final long serialVersionUID = 1;
      private int next;

      @Override
      public int nextInt(int bound) {
        return lengths[next++];
      }

      @Override
      public void nextBytes(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) i;
        }
      }
    };
  }
}
