package org.webtorrent4j.rtc.dtls;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;

/** Endpoints for tests, with identities that are made once. */
final class DtlsFixture {
  static final SecureRandom RANDOM = new SecureRandom();
  static final DtlsIdentity ALICE = identity();
  static final DtlsIdentity BOB = identity();
  static final long TIMEOUT = 50 * DtlsLink.MILLI;

  private DtlsFixture() {}

  private static DtlsIdentity identity() {
    try {
      return DtlsIdentity.create(RANDOM, Instant.parse("2026-11-26T00:00:00Z"));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static DtlsEndpoint client(DtlsLink.End end) {
    return DtlsEndpoint.client(
        ALICE, List.of(BOB.fingerprint()), RANDOM, TIMEOUT, new DtlsBuffers(), end);
  }

  static DtlsEndpoint server(DtlsLink.End end) {
    return DtlsEndpoint.server(
        BOB, List.of(ALICE.fingerprint()), RANDOM, TIMEOUT, new DtlsBuffers(), end);
  }

  /** A link with a client of ours on the left and a server of ours on the right. */
  static final class Pair {
    final DtlsLink link;
    final DtlsEndpoint client;
    final DtlsEndpoint server;

    Pair(long seed) {
      link = new DtlsLink(seed);
      client = client(link.left);
      server = server(link.right);
      link.left.party = DtlsLink.ours(client);
      link.right.party = DtlsLink.ours(server);
    }

    Pair up() {
      link.start();
      if (!link.runUntilUp(5_000)) {
        throw new IllegalStateException("not up");
      }
      return this;
    }
  }
}
