package org.webtorrent4j.rtc.sctp;

/**
 * What an association is told before it begins.
 *
 * @param localPort our port, of {@code a=sctp-port}
 * @param remotePort the peer's port
 * @param keepsBorders whether messages are delivered whole; else fragments are as they come, for an
 *     owner that takes a row of bytes
 * @param sendBuffer bytes that are taken to be sent and not yet acknowledged
 * @param receiveWindow bytes that the peer may send before the owner took some, at first
 * @param maxReceiveWindow up to where that grows for a peer that fills it
 * @param maxMessage bytes of a message from the peer
 * @param remoteMaxMessage bytes of a message to the peer, its {@code a=max-message-size}; at most
 *     64 KiB are made use of
 * @param zeroChecksum whether packets may do without a checksum if the peer agrees (RFC 9653)
 * @param initialRttNanos the round trip that ICE has seen
 */
public record SctpSettings(
    int localPort,
    int remotePort,
    boolean keepsBorders,
    int sendBuffer,
    int receiveWindow,
    int maxReceiveWindow,
    int maxMessage,
    int remoteMaxMessage,
    boolean zeroChecksum,
    long initialRttNanos) {
  private static final int MIN_WINDOW = 8 * 1024;
  private static final int MAX_BUFFER = 1 << 30;

  /** Longer messages block others and stall some receivers, whatever they say they take. */
  private static final int MAX_SENT = 1 << 16;

  /** Checks what would let an association hang. */
  public SctpSettings {
    if (receiveWindow < MIN_WINDOW || receiveWindow > MAX_BUFFER || maxReceiveWindow > MAX_BUFFER) {
      throw new IllegalArgumentException("receive window of " + receiveWindow + " bytes");
    }
    if (sendBuffer < MIN_WINDOW || sendBuffer > MAX_BUFFER) {
      throw new IllegalArgumentException("send buffer of " + sendBuffer + " bytes");
    }
    if (maxMessage < 1 || remoteMaxMessage < 1) {
      throw new IllegalArgumentException("messages of no bytes");
    }
    if (keepsBorders && maxMessage > receiveWindow) {
      throw new IllegalArgumentException("a message of " + maxMessage + " bytes cannot be held");
    }
    remoteMaxMessage = Math.min(remoteMaxMessage, MAX_SENT);
    if (keepsBorders && remoteMaxMessage > sendBuffer / 2) {
      throw new IllegalArgumentException("a message of " + remoteMaxMessage + " bytes never fits");
    }
    if (initialRttNanos < 0) {
      throw new IllegalArgumentException("round trip of " + initialRttNanos + " ns");
    }
  }

  /** A row of bytes each way, as BitTorrent takes it. */
  public static SctpSettings ofStream() {
    return new SctpSettings(
        5000, 5000, false, 1 << 20, 1 << 20, 4 << 20, 1 << 18, 1 << 16, false, 100_000_000);
  }

  /** Messages whose borders are kept. */
  public static SctpSettings ofMessages() {
    return new SctpSettings(
        5000, 5000, true, 1 << 20, 1 << 20, 4 << 20, 1 << 18, 1 << 16, false, 100_000_000);
  }

  /** The same with other ports. */
  public SctpSettings withPorts(int local, int remote) {
    return new SctpSettings(
        local,
        remote,
        keepsBorders,
        sendBuffer,
        receiveWindow,
        maxReceiveWindow,
        maxMessage,
        remoteMaxMessage,
        zeroChecksum,
        initialRttNanos);
  }

  /** The same with other limits of memory: to be sent, and from the peer. */
  public SctpSettings withBuffers(int send, int receive, int maxReceive) {
    return new SctpSettings(
        localPort,
        remotePort,
        keepsBorders,
        send,
        receive,
        maxReceive,
        maxMessage,
        remoteMaxMessage,
        zeroChecksum,
        initialRttNanos);
  }

  /** The same with other limits of a message: from the peer, and to it. */
  public SctpSettings withMaxMessage(int own, int remote) {
    return new SctpSettings(
        localPort,
        remotePort,
        keepsBorders,
        sendBuffer,
        receiveWindow,
        maxReceiveWindow,
        own,
        remote,
        zeroChecksum,
        initialRttNanos);
  }

  /** The same without checksums, if the peer agrees. */
  public SctpSettings withZeroChecksum() {
    return new SctpSettings(
        localPort,
        remotePort,
        keepsBorders,
        sendBuffer,
        receiveWindow,
        maxReceiveWindow,
        maxMessage,
        remoteMaxMessage,
        true,
        initialRttNanos);
  }

  /** The same with what ICE has seen of the round trip. */
  public SctpSettings withInitialRtt(long nanos) {
    return new SctpSettings(
        localPort,
        remotePort,
        keepsBorders,
        sendBuffer,
        receiveWindow,
        maxReceiveWindow,
        maxMessage,
        remoteMaxMessage,
        zeroChecksum,
        nanos);
  }
}
