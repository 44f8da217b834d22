package org.webtorrent4j.rtc.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
  private static final byte[] CERTIFICATE = DtlsFixture.ALICE.certificate();

  @Test
  void isReadInEitherCaseAndWrittenInCapitals() {
    Fingerprint fingerprint = Fingerprint.of(CERTIFICATE);
    String text = fingerprint.toString();

    assertEquals(Optional.of(fingerprint), Fingerprint.parse(text.toLowerCase(Locale.ROOT)));
    assertEquals(Optional.of(fingerprint), Fingerprint.parse("SHA-256" + text.substring(7)));
    assertTrue(text.matches("sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}"), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha-256",
        "sha-256 ",
        "sha-256 00",
        "sha-256 00:11:zz",
        "sha-1 00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13",
        "md5 00",
        "sha-512 00:01",
      })
  void weakAndBrokenOnesAreNone(String value) {
    assertEquals(Optional.empty(), Fingerprint.parse(value));
  }

  @Test
  void oneOfTheStrongestMustMatch() {
    Fingerprint right = Fingerprint.of(CERTIFICATE);
    Fingerprint wrong = Fingerprint.of(new byte[1]);
    Fingerprint strongerAndWrong =
        Fingerprint.parse("sha-512 " + "00:".repeat(63) + "00").orElseThrow();

    assertTrue(Fingerprint.anyMatches(List.of(wrong, right), CERTIFICATE));
    assertFalse(Fingerprint.anyMatches(List.of(wrong), CERTIFICATE));
    assertFalse(Fingerprint.anyMatches(List.of(right, strongerAndWrong), CERTIFICATE));
    assertFalse(Fingerprint.anyMatches(List.of(), CERTIFICATE));
  }

  @Test
  void certificatesAreReadAndVerifiedByTheJdk() throws Exception {
    for (int i = 0; i < 300; i++) {
      DtlsIdentity identity =
          DtlsIdentity.create(DtlsFixture.RANDOM, Instant.parse("2026-11-26T12:34:56Z"));
      byte[] der = identity.certificate();
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der));
      certificate.verify(certificate.getPublicKey());
      assertEquals(Instant.parse("2026-12-26T12:34:56Z"), certificate.getNotAfter().toInstant());
      assertEquals(1, certificate.getSerialNumber().signum());
    }
  }
}
