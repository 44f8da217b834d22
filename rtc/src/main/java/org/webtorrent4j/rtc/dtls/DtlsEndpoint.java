package org.webtorrent4j.rtc.dtls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One end of a DTLS 1.2 association with one peer, RFC 6347. The caller passes in what came from
 * addresses that ICE has checked, and the time; what is to be sent and what was received comes out
 * of {@link Output}. Whatever a stranger can send without the keys is dropped in silence, and costs
 * no more than a few microseconds; only the peer itself can end the association.
 *
 * <p>A time-out of the handshake as a whole is the caller's. Confined to one thread.
 */
public final class DtlsEndpoint {
  /** The most bytes that fit into one record, {@link #write}. */
  public static final int MAX_PLAINTEXT = Records.MAX_LENGTH - 24;

  /** Datagrams of a handshake stay below this, whatever the path. */
  private static final int MAX_DATAGRAM = 1_200;

  private static final int MAX_EARLY_RECORDS = 20;
  private static final int MAX_EARLY_BYTES = 8 * 1024;
  private static final int MAX_WARNINGS = 8;

  /** How long a server's last flight is repeated: twice the life of a datagram. */
  private static final long REPEAT_NANOS = 120_000_000_000L;

  private static final long MIN_REPEAT_NANOS = 25_000_000L;

  /** Long before the nonces of AES-GCM run out. */
  private static final long MAX_SEQUENCE = 1L << 40;

  private final DtlsBuffers buffers;
  private final Output out;
  private final Handshake handshake;
  private final boolean isClient;
  private final RetransmitTimer timer;
  private final Reassembler reassembler = new Reassembler();
  private final ReplayWindow window = new ReplayWindow();

  /** Records of epoch 1 that came before they could be read, or their data be taken. */
  private final Deque<byte[]> early = new ArrayDeque<>();

  private int earlyBytes;
  private @Nullable Flight flight;
  private @Nullable RecordCipher reading;
  private @Nullable RecordCipher writing;
  private long plainSequence;
  private long sealedSequence;
  private long now;
  private long upSince;
  private long repeatedAt;
  private boolean isBusy;
  private boolean isUp;
  private boolean isClosed;
  private int warnings;
  private long forged;

  /**
   * Where things go. Called from inside of the endpoint's methods; must not call back into it, but
   * for {@link DtlsEndpoint#write} and {@link DtlsEndpoint#close} from {@link #onUp} and {@link
   * #onPlaintext}.
   */
  public interface Output {
    /** A datagram for the peer; the bytes are on loan. */
    void send(byte[] data, int offset, int length);

    /** The peer is who it should be, and data may be written. */
    void onUp();

    /** What the other end has written, one record of it, once; the bytes are on loan. */
    void onPlaintext(byte[] data, int offset, int length);

    /**
     * The end, once; the last call.
     *
     * @param cause null if the peer has closed in an orderly way
     */
    void onDown(@Nullable IOException cause);

    /**
     * Does public-key arithmetic, a millisecond or two of it, on whatever thread, and then gives
     * what it returned the time, on the endpoint's own.
     */
    void offload(Supplier<LongConsumer> work);
  }

  private DtlsEndpoint(
      boolean isClient,
      DtlsIdentity identity,
      List<Fingerprint> expected,
      SecureRandom random,
      long firstTimeoutNanos,
      DtlsBuffers buffers,
      Output out) {
    if (expected.isEmpty()) {
      throw new IllegalArgumentException("nothing tells the peer from others");
    }
    this.isClient = isClient;
    this.buffers = buffers;
    this.out = out;
    this.timer = new RetransmitTimer(firstTimeoutNanos);
    Host host = new Host();
    this.handshake =
        isClient
            ? new ClientHandshake(identity, List.copyOf(expected), random, host)
            : new ServerHandshake(identity, List.copyOf(expected), random, host);
  }

  /**
   * The end that says hello first.
   *
   * @param expected what the peer's session description said of its certificate, not empty; one of
   *     those with the strongest hash must match
   * @param firstTimeoutNanos after which a flight is repeated for the first time: about two round
   *     trips, and at least 50 ms
   */
  public static DtlsEndpoint client(
      DtlsIdentity identity,
      List<Fingerprint> expected,
      SecureRandom random,
      long firstTimeoutNanos,
      DtlsBuffers buffers,
      Output out) {
    return new DtlsEndpoint(true, identity, expected, random, firstTimeoutNanos, buffers, out);
  }

  /** The end that waits for a hello; parameters as for {@link #client}. */
  public static DtlsEndpoint server(
      DtlsIdentity identity,
      List<Fingerprint> expected,
      SecureRandom random,
      long firstTimeoutNanos,
      DtlsBuffers buffers,
      Output out) {
    return new DtlsEndpoint(false, identity, expected, random, firstTimeoutNanos, buffers, out);
  }

  /** Begins; called once. */
  public void start(long nanoTime) {
    now = nanoTime;
    try {
      handshake.start();
    } catch (DtlsException e) {
      fail(e);
    }
  }

  /** Whether data may be written. */
  public boolean isUp() {
    return isUp && !isClosed;
  }

  /** Records that pretended to come from the peer; for statistics. */
  public long forgedRecords() {
    return forged;
  }

  /** A datagram from an address that ICE has checked. */
  public void receive(byte[] data, int offset, int length, long nanoTime) {
    now = nanoTime;
    boolean sawOld = false;
    int end = offset + length;
    int at = offset;
    while (!isClosed && Records.isRecord(data, at, end)) {
      sawOld |= onRecord(data, at);
      at += Records.HEADER + Records.length(data, at);
    }
    proceed();
    if (sawOld) {
      repeat();
    }
  }

  /** Whatever is due at this time. */
  public void onTime(long nanoTime) {
    now = nanoTime;
    if (!isClosed && nanoTime >= timer.due() && flight != null) {
      timer.backOff(nanoTime);
      transmit(flight);
    }
  }

  /** When {@link #onTime} wants to be called; {@link Long#MAX_VALUE} for never. */
  public long nextTime() {
    return isClosed ? Long.MAX_VALUE : timer.due();
  }

  /** The way to the peer is another now: what may have been lost on the old one is sent at once. */
  public void onPathChange(long nanoTime) {
    now = nanoTime;
    if (!isClosed && !isUp && !isBusy && flight != null) {
      timer.start(nanoTime);
      transmit(flight);
    }
  }

  /**
   * Sends one record.
   *
   * @param length at most {@link #MAX_PLAINTEXT}
   * @throws IllegalStateException before {@link Output#onUp}
   */
  public void write(byte[] data, int offset, int length) {
    if (length > MAX_PLAINTEXT) {
      throw new IllegalArgumentException(length + " bytes in one record");
    }
    if (!isUp) {
      throw new IllegalStateException("the handshake is not over");
    }
    if (!isClosed) {
      seal(Records.APPLICATION_DATA, data, offset, length);
    }
  }

  /** Says good-bye, if there are keys for it, and forgets everything. */
  public void close() {
    if (!isClosed) {
      sendAlert(Alert.WARNING, Alert.CLOSE_NOTIFY);
      forget();
    }
  }

  /** Takes one record, of which only the length is known to be right. */
  private boolean onRecord(byte[] data, int at) {
    int epoch = Records.epoch(data, at);
    if (epoch == 0) {
      return Records.type(data, at) == Records.HANDSHAKE && onPlainHandshake(data, at);
    }
    if (epoch != 1 || Records.version(data, at) != Records.VERSION) {
      return false;
    }
    return onSealed(data, at);
  }

  private boolean onPlainHandshake(byte[] data, int at) {
    int from = at + Records.HEADER;
    return reassembler.add(
        data, from, from + Records.length(data, at), type -> !isUp && handshake.mayCome(type));
  }

  private boolean onSealed(byte[] data, int at) {
    int type = Records.type(data, at);
    RecordCipher cipher = reading;
    if (cipher == null || (!isUp && type == Records.APPLICATION_DATA)) {
      keep(data, at);
      return false;
    }
    long sequence = Records.sequence(data, at);
    if (!window.isNew(sequence)) {
      return false;
    }
    int length;
    try {
      length = cipher.open(data, at, buffers.plain);
    } catch (GeneralSecurityException e) {
      fail(internal(e));
      return false;
    }
    if (length < 0) {
      forged++;
      return false;
    }
    window.mark(sequence);
    if (sequence >= MAX_SEQUENCE) {
      fail(new DtlsException(Alert.INTERNAL_ERROR, "too many records for one key"));
      return false;
    }
    return onGenuine(type, length);
  }

  /** What is in {@link DtlsBuffers#plain} was sealed by the peer. */
  private boolean onGenuine(int type, int length) {
    switch (type) {
      case Records.APPLICATION_DATA -> {
        if (length > 0) {
          out.onPlaintext(buffers.plain, 0, length);
        }
      }
      case Records.ALERT -> onAlert(length);
      case Records.HANDSHAKE -> {
        boolean sawOld =
            reassembler.add(
                buffers.plain, 0, length, message -> message == HandshakeMessage.FINISHED || isUp);
        if (isUp && !sawOld) {
          fail(new DtlsException(Alert.UNEXPECTED_MESSAGE, "the peer wants another handshake"));
        }
        return sawOld;
      }
      default -> {
        // ChangeCipherSpec says nothing here.
      }
    }
    return false;
  }

  private void onAlert(int length) {
    if (length != 2) {
      return;
    }
    int level = buffers.plain[0];
    int description = buffers.plain[1] & 0xff;
    if (description == Alert.CLOSE_NOTIFY) {
      sendAlert(Alert.WARNING, Alert.CLOSE_NOTIFY);
      end(null);
    } else if (level == Alert.FATAL) {
      end(new DtlsException(description, "the peer gave up with alert " + description));
    } else if (++warnings > MAX_WARNINGS) {
      fail(new DtlsException(Alert.UNEXPECTED_MESSAGE, "too many warnings"));
    }
  }

  private void keep(byte[] data, int at) {
    int size = Records.HEADER + Records.length(data, at);
    if (early.size() < MAX_EARLY_RECORDS && earlyBytes + size <= MAX_EARLY_BYTES) {
      byte[] copy = new byte[size];
      System.arraycopy(data, at, copy, 0, size);
      early.add(copy);
      earlyBytes += size;
    }
  }

  /** Takes what was too early once more; what still is stays. */
  private void takeEarly() {
    for (int left = early.size(); left > 0 && !isClosed; left--) {
      byte[] record = early.remove();
      earlyBytes -= record.length;
      onRecord(record, 0);
    }
  }

  /** Goes on with the handshake as far as messages have come. */
  private void proceed() {
    while (!isBusy && !isClosed && !isUp) {
      HandshakeMessage message = reassembler.peek();
      if (message == null) {
        return;
      }
      if (!handshake.expects(message.type())) {
        reassembler.drop();
        return;
      }
      reassembler.accept();
      step(() -> handshake.onMessage(message));
    }
  }

  /** Something that fails by the peer's fault, or for want of an algorithm. */
  private interface Attempt {
    void run() throws DtlsException, GeneralSecurityException;
  }

  private void step(Attempt attempt) {
    try {
      attempt.run();
    } catch (DtlsException e) {
      fail(e);
    } catch (GeneralSecurityException e) {
      fail(internal(e));
    }
  }

  private static DtlsException internal(GeneralSecurityException e) {
    return new DtlsException(Alert.INTERNAL_ERROR, "this Java cannot do it: " + e.getMessage(), e);
  }

  /** The peer sends again what we have: what we sent last did not reach it. */
  private void repeat() {
    Flight last = flight;
    if (isClosed || isBusy || last == null) {
      return;
    }
    if (isUp) {
      // Only a server's last flight is answered by nothing, so only its loss shows like this.
      if (isClient || now - upSince > REPEAT_NANOS || now - repeatedAt < MIN_REPEAT_NANOS) {
        return;
      }
      repeatedAt = now;
      transmit(last);
    } else if (timer.mayRepeat(now)) {
      timer.onRepeated(now);
      transmit(last);
    }
  }

  /** Sends all messages of a flight in as few datagrams as they fit into, each as a new record. */
  private void transmit(Flight all) {
    byte[] datagram = buffers.datagram;
    int length = 0;
    for (Flight.Part part : all.parts()) {
      int size = part.bytes().length + (part.epoch() == 0 ? Records.HEADER : RecordCipher.OVERHEAD);
      if (length > 0 && length + size > MAX_DATAGRAM) {
        out.send(datagram, 0, length);
        length = 0;
      }
      length += put(part, datagram, length);
    }
    out.send(datagram, 0, length);
  }

  private int put(Flight.Part part, byte[] datagram, int at) {
    byte[] bytes = part.bytes();
    if (part.epoch() == 0) {
      Records.writeHeader(datagram, at, part.type(), 0, plainSequence++, bytes.length);
      System.arraycopy(bytes, 0, datagram, at + Records.HEADER, bytes.length);
      return Records.HEADER + bytes.length;
    }
    return sealInto(part.type(), bytes, 0, bytes.length, at);
  }

  private void seal(int type, byte[] data, int offset, int length) {
    int size = sealInto(type, data, offset, length, 0);
    out.send(buffers.datagram, 0, size);
  }

  private int sealInto(int type, byte[] data, int offset, int length, int at) {
    RecordCipher cipher = writing;
    if (cipher == null) {
      throw new IllegalStateException("no keys");
    }
    try {
      return cipher.seal(type, sealedSequence++, data, offset, length, buffers.datagram, at);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // it worked in the handshake
    }
  }

  private void sendAlert(int level, int description) {
    byte[] alert = {(byte) level, (byte) description};
    if (writing != null) {
      seal(Records.ALERT, alert, 0, alert.length);
    } else if (level == Alert.FATAL && flight != null) {
      Records.writeHeader(buffers.datagram, 0, Records.ALERT, 0, plainSequence++, alert.length);
      System.arraycopy(alert, 0, buffers.datagram, Records.HEADER, alert.length);
      out.send(buffers.datagram, 0, Records.HEADER + alert.length);
    }
  }

  private void fail(DtlsException cause) {
    if (!isClosed) {
      sendAlert(Alert.FATAL, cause.alert());
      end(cause);
    }
  }

  private void end(@Nullable IOException cause) {
    forget();
    out.onDown(cause);
  }

  private void forget() {
    isClosed = true;
    timer.stop();
    early.clear();
    flight = null;
  }

  /** What the handshake asks of its endpoint. */
  private final class Host implements Handshake.Host {
    @Override
    public void send(Flight next) {
      flight = next;
      timer.start(now);
      transmit(next);
    }

    @Override
    public void onKeys(KeySchedule keys) throws GeneralSecurityException {
      reading = keys.cipher(!isClient);
      writing = keys.cipher(isClient);
      takeEarly();
    }

    @Override
    public void onDone() {
      isUp = true;
      upSince = now;
      timer.stop();
      if (isClient) {
        flight = null;
      }
      out.onUp();
      takeEarly();
    }

    @Override
    public <T> void compute(Callable<T> work, Handshake.Step<T> then) {
      isBusy = true;
      timer.stop();
      out.offload(
          () -> {
            Attempt next = attempt(work, then);
            return nanoTime -> resume(next, nanoTime);
          });
    }

    private <T> Attempt attempt(Callable<T> work, Handshake.Step<T> then) {
      try {
        T result = work.call();
        return () -> then.take(result);
      } catch (DtlsException e) {
        return () -> {
          throw e;
        };
      } catch (Exception e) {
        return () -> {
          throw new GeneralSecurityException(e);
        };
      }
    }

    private void resume(Attempt next, long nanoTime) {
      if (isClosed) {
        return;
      }
      now = nanoTime;
      isBusy = false;
      step(next);
      proceed();
    }
  }
}
