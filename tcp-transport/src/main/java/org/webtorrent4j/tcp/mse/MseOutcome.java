package org.webtorrent4j.tcp.mse;

/** What an MSE handshake agreed on. */
public final class MseOutcome {
  private final boolean isEncrypted;
  private final Rc4 receiving;
  private final Rc4 sending;
  private final byte[] initialPayload;

  MseOutcome(boolean isEncrypted, Rc4 receiving, Rc4 sending, byte[] initialPayload) {
    this.isEncrypted = isEncrypted;
    this.receiving = receiving;
    this.sending = sending;
    this.initialPayload = initialPayload;
  }

  /** Whether the payload is RC4, else plaintext. */
  public boolean isEncrypted() {
    return isEncrypted;
  }

  /** The stream of what comes, at the first byte after the handshake. */
  public Rc4 receiving() {
    return receiving;
  }

  /** The stream of what goes, at the first byte after the handshake. */
  public Rc4 sending() {
    return sending;
  }

  /** The first of the payload, which came inside of the handshake; decrypted, mostly empty. */
  public byte[] initialPayload() {
    return initialPayload.clone();
  }
}
