package org.webtorrent4j.webrtc.libwebrtc.flow;

/**
 * How much one peer may have on its way: what was taken to be sent, less what libwebrtc has handed
 * to the network. Its queue holds 16 MiB and ends the channel when it is full, so nothing comes
 * near that. Confined to the event loop.
 */
public final class SendWindow {
  /**
   * With two clients on two cores this, refilled at half, took 4.1 s for 256 MiB and 17.5 CPU s/GiB
   * of libwebrtc's threads; 1 MiB refilled at a quarter took 5.2 s and 21. A bare loop likes more.
   */
  static final int HIGH = 512 * 1024;

  /** What a peer gets while all peers together have {@link #MUCH} on its way. */
  static final int HIGH_WHEN_SCARCE = 128 * 1024;

  /** Of libwebrtc's memory, for all peers of an engine. */
  static final long MUCH = 32L * 1024 * 1024;

  private final Total total;
  private long taken;
  private long drained;

  public SendWindow(Total total) {
    this.total = total;
  }

  /** What all peers of an engine have on their way. */
  public static final class Total {
    private long bytes;

    public long bytes() {
      return bytes;
    }
  }

  /** How many bytes may be taken now. */
  public int room() {
    return (int) Math.max(0, high() - (taken - drained));
  }

  public void took(long bytes) {
    taken += bytes;
    total.bytes += bytes;
  }

  /** So many of the bytes that were ever taken are with the network. */
  public void drainedTo(long bytes) {
    if (bytes > drained) {
      total.bytes -= bytes - drained;
      drained = bytes;
    }
  }

  /** When this many are with the network it is worthwhile to take more. */
  public long drainedForRoom() {
    return taken - high() / 2;
  }

  /** The peer has ended: nothing of it is on its way. */
  public void close() {
    drainedTo(taken);
  }

  private int high() {
    return total.bytes > MUCH ? HIGH_WHEN_SCARCE : HIGH;
  }
}
