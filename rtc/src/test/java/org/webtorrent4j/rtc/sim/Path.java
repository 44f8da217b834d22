package org.webtorrent4j.rtc.sim;

/**
 * How a link treats packets.
 *
 * @param rate bytes a second; 0 is without limit
 * @param delayNanos from one end to the other
 * @param jitterNanos at most more than that; it does not reorder
 * @param loss share of packets that vanish
 * @param burstLoss share of packets that begin a burst of loss
 * @param burstNanos how long a burst takes, on average
 * @param reorder share of packets that are held up
 * @param reorderNanos for how long
 * @param duplicate share of packets that come twice
 * @param corrupt share of packets with a wrong bit
 * @param queue bytes that wait for the link; more vanish
 * @param mtu longest packet; longer ones vanish
 */
public record Path(
    long rate,
    long delayNanos,
    long jitterNanos,
    double loss,
    double burstLoss,
    long burstNanos,
    double reorder,
    long reorderNanos,
    double duplicate,
    double corrupt,
    int queue,
    int mtu) {
  private static final long MS = 1_000_000;

  /** A link that only takes time. */
  public static Path ofDelay(long millis) {
    return new Path(0, millis * MS, 0, 0, 0, 1, 0, 0, 0, 0, Integer.MAX_VALUE, 2048);
  }

  /** The same with a rate, and a queue that holds so many bytes. */
  public Path withRate(long bytesPerSecond, int queueBytes) {
    return new Path(
        bytesPerSecond,
        delayNanos,
        jitterNanos,
        loss,
        burstLoss,
        burstNanos,
        reorder,
        reorderNanos,
        duplicate,
        corrupt,
        queueBytes,
        mtu);
  }

  /** The same with packets that vanish by chance. */
  public Path withLoss(double share) {
    return new Path(
        rate,
        delayNanos,
        jitterNanos,
        share,
        burstLoss,
        burstNanos,
        reorder,
        reorderNanos,
        duplicate,
        corrupt,
        queue,
        mtu);
  }

  /** The same with packets that vanish in bursts. */
  public Path withBursts(double share, long millis) {
    return new Path(
        rate,
        delayNanos,
        jitterNanos,
        loss,
        share,
        millis * MS,
        reorder,
        reorderNanos,
        duplicate,
        corrupt,
        queue,
        mtu);
  }

  /** The same with packets that are overtaken. */
  public Path withReorder(double share, long millis) {
    return new Path(
        rate,
        delayNanos,
        jitterNanos,
        loss,
        burstLoss,
        burstNanos,
        share,
        millis * MS,
        duplicate,
        corrupt,
        queue,
        mtu);
  }

  /** The same with varying delay. */
  public Path withJitter(long millis) {
    return new Path(
        rate,
        delayNanos,
        millis * MS,
        loss,
        burstLoss,
        burstNanos,
        reorder,
        reorderNanos,
        duplicate,
        corrupt,
        queue,
        mtu);
  }

  /** The same with packets that come twice, and with wrong bits. */
  public Path withFaults(double twice, double wrong) {
    return new Path(
        rate,
        delayNanos,
        jitterNanos,
        loss,
        burstLoss,
        burstNanos,
        reorder,
        reorderNanos,
        twice,
        wrong,
        queue,
        mtu);
  }

  /** The same for shorter packets only. */
  public Path withMtu(int bytes) {
    return new Path(
        rate,
        delayNanos,
        jitterNanos,
        loss,
        burstLoss,
        burstNanos,
        reorder,
        reorderNanos,
        duplicate,
        corrupt,
        queue,
        bytes);
  }
}
