package org.webtorrent4j.rtc.dtls;

import java.io.IOException;

/** What ended a DTLS association, with the alert that says so on the wire. Immutable. */
public final class DtlsException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int alert;

  DtlsException(int alert, String message) {
    super(message);
    this.alert = alert;
  }

  DtlsException(int alert, String message, Throwable cause) {
    super(message, cause);
    this.alert = alert;
  }

  /** The description of the alert, RFC 5246 7.2: 42 for a certificate with another fingerprint. */
  public int alert() {
    return alert;
  }
}
