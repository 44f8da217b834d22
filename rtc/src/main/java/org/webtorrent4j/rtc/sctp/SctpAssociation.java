package org.webtorrent4j.rtc.sctp;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.webtorrent4j.rtc.sctp.control.BottleneckModel;
import org.webtorrent4j.rtc.sctp.packet.Chunks;
import org.webtorrent4j.rtc.sctp.packet.Init;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;
import org.webtorrent4j.rtc.sctp.packet.PacketCheck;

/**
 * One SCTP association over DTLS: packets in, packets and data out. The owner hands in what arrives
 * with {@link #receive}, calls {@link #flush} at the end of each batch, and {@link #onTime} when
 * {@link #nextTime} has come; all times are nanoseconds of one clock.
 *
 * <p>Data is delivered in the order in which the peer sent it, over all streams; unordered messages
 * gain nothing by it and lose nothing. Not thread-safe: one thread owns an association, and all
 * those that share a {@link PacketBuffer}.
 */
public final class SctpAssociation {
  /**
   * What comes out. The methods are called from within those of the association; of these they may
   * call {@link #open}, {@link #write}, {@link #reset} and {@link #consumed}, no others.
   */
  public interface Output {
    /** A packet, which is to be the payload of one DTLS record; the bytes are lent for the call. */
    void send(byte[] bytes, int offset, int length);

    /** Both ends know each other: what is written is sent. */
    void onEstablished();

    /**
     * Data of an open stream, or a message of payload type 50 on any: whole messages if borders are
     * kept, else fragments, of which {@code isEnd} tells the last of a message. The bytes are lent
     * for the call; they count against the window until they are {@link #consumed}.
     *
     * @throws ProtocolException if the peer may not send this; the association is aborted
     */
    void onData(
        int stream,
        int payloadType,
        boolean isOrdered,
        boolean isEnd,
        byte[] bytes,
        int offset,
        int length)
        throws ProtocolException;

    /** The peer will send no more on this stream; all that it sent has been delivered. */
    void onPeerReset(int stream);

    /** The peer knows that we send no more on this stream. */
    void onOwnReset(int stream);

    /** There is room again for what {@link #write} did not take. */
    void onWritable();

    /** The association is over; nothing comes after this, and it comes once. */
    void onClosed(SctpEnd end, String reason);
  }

  private static final long NEVER = Long.MAX_VALUE;
  private static final long IDLE = 10_000_000_000L;

  /** Packets that one call of {@link #flush} sends: others want their turn too. */
  private static final int MAX_BATCH = 32;

  private static final int MAX_ECHOES = 10;
  private static final int MAX_ERRORS = 10;

  private final SctpSettings settings;
  private final PacketBuffer packet;
  private final Output output;
  private final Handshake handshake;
  private final Streams streams = new Streams();
  private final Sender sender;
  private final Receiver receiver;
  private final StreamReset resets;
  private final Shutdown shutdown = new Shutdown();
  private final RateLimit echoes = new RateLimit();
  private int errors;
  private boolean isEnded;
  private boolean isFull;
  private boolean takesZeroChecksum;
  private long tidyAt = NEVER;
  private long latest;

  /**
   * An association that has not begun.
   *
   * @param packet where packets are written; shared by all associations of the thread
   * @param random chance, for tags, first TSNs and keys: it must not be guessable
   */
  public SctpAssociation(
      SctpSettings settings, PacketBuffer packet, RandomGenerator random, Output output) {
    this.settings = settings;
    this.packet = packet;
    this.output = output;
    handshake = new Handshake(settings, random);
    sender =
        new Sender(
            handshake.own().firstTsn(),
            settings.sendBuffer(),
            settings.initialRttNanos(),
            new BottleneckModel(random),
            streams);
    receiver =
        new Receiver(
            settings,
            streams,
            sender.rto(),
            new Reassembly(settings.keepsBorders(), settings.maxMessage(), streams, this::deliver));
    resets =
        new StreamReset(
            handshake.own().firstTsn(),
            streams,
            new StreamReset.Listener() {
              @Override
              public void onPeerReset(int stream) {
                onReset(stream, Streams.PEER);
              }

              @Override
              public void onOwnReset(int stream) {
                onReset(stream, Streams.OWN);
              }
            });
  }

  /** Sends INIT; to be called as soon as DTLS is up, by both ends. */
  public void connect(long now) {
    latest = now;
    perform(handshake.connect(now), now);
  }

  /** Whether data flows. */
  public boolean isEstablished() {
    return handshake.isDone() && !isEnded;
  }

  /** Whether it is over. */
  public boolean isEnded() {
    return isEnded;
  }

  /**
   * Opens a stream, ours or one on which a message of payload type 50 is just being delivered;
   * whether there was room for it and the peer takes so many. Without that, what comes on it is
   * thrown away.
   */
  public boolean open(int stream) {
    boolean isTaken = handshake.peer().map(peer -> stream < peer.incoming()).orElse(true);
    return isTaken && streams.open(stream, receiver.reassembly().nextSsn(stream));
  }

  /**
   * Takes bytes to be sent on an open stream; they leave with the next {@link #flush}. If borders
   * are kept it takes the whole message or nothing, else what there is room for.
   *
   * @return bytes taken; if they are not all, {@link Output#onWritable} follows
   */
  public int write(int stream, int payloadType, boolean isOrdered, ByteBuffer data) {
    boolean isOver = isEnded || shutdown.isAsked() || streams.isReset(stream, Streams.OWN);
    if (isOver || resets.isAsked(stream) || !data.hasRemaining()) {
      return 0;
    }
    if (!streams.isOpen(stream)) {
      throw new IllegalStateException("stream " + stream + " is not open");
    }
    boolean isWhole = settings.keepsBorders() || payloadType == Reassembly.DCEP;
    int wanted = data.remaining();
    if (isWhole && wanted > settings.remoteMaxMessage()) {
      throw new IllegalArgumentException("message of " + wanted + " bytes");
    }
    int taken = 0;
    if (!isWhole) {
      taken = sender.write(stream, !isOrdered, payloadType, data, settings.remoteMaxMessage());
    } else if (wanted <= sender.queue().room() || payloadType == Reassembly.DCEP) {
      // What opens channels is short and rare, and nobody repeats it: it always finds room.
      sender.queue().add(stream, !isOrdered, payloadType, data, wanted);
      taken = wanted;
    }
    isFull |= taken < wanted;
    return taken;
  }

  /** Bytes that were taken and are not acknowledged. */
  public long buffered() {
    return sender.queue().size();
  }

  /** The owner is done with bytes that were delivered: the peer may send as many more. */
  public void consumed(int bytes) {
    receiver.consumed(bytes);
  }

  /** Sends no more on a stream, and tells the peer once it has all that was written. */
  public void reset(int stream) {
    if (streams.isOpen(stream) && !streams.isReset(stream, Streams.OWN) && !isEnded) {
      resets.ask(stream);
    }
  }

  /** A stream that both ends have reset is no more; its number may be used again. */
  private void onReset(int stream, int direction) {
    if (!streams.onReset(stream, direction)) {
      return;
    }
    if (direction == Streams.PEER) {
      output.onPeerReset(stream);
    } else {
      output.onOwnReset(stream);
    }
    if (streams.isReset(stream, Streams.OWN) && streams.isReset(stream, Streams.PEER)) {
      streams.close(stream);
    }
  }

  /** Takes no more to be sent, and ends once the peer has what was written. */
  public void shutdown(long now) {
    latest = now;
    shutdown.ask();
    if (!handshake.isDone()) {
      abort("closed before it was open", now);
    }
  }

  /** Ends at once, and tells the peer if there is one. */
  public void abort(String reason, long now) {
    latest = now;
    abort(Causes.USER_ABORT, reason, SctpEnd.CLOSED);
  }

  private void abort(int cause, String reason, SctpEnd why) {
    if (isEnded) {
      return;
    }
    if (handshake.peer().isPresent()) {
      begin();
      Causes.writeAbort(packet, cause, reason);
      send();
    }
    end(why, reason);
  }

  private void end(SctpEnd why, String reason) {
    if (isEnded) {
      return;
    }
    isEnded = true;
    handshake.end();
    sender.end();
    receiver.end();
    resets.end();
    shutdown.end();
    tidyAt = NEVER;
    output.onClosed(why, reason);
  }

  /** Works in the payload of a DTLS record. */
  public void receive(byte[] bytes, int offset, int length, long now) {
    latest = now;
    if (isEnded
        || !PacketCheck.isSound(packet, bytes, offset, length, settings.zeroChecksum())
        || !isForUs(bytes, offset)) {
      return;
    }
    try {
      receiveChunks(bytes, offset + Chunks.COMMON_HEADER, offset + length, now);
    } catch (ProtocolException e) {
      abort(Causes.PROTOCOL_VIOLATION, String.valueOf(e.getMessage()), SctpEnd.PROTOCOL);
    }
    if (isEnded || !handshake.isDone()) {
      return;
    }
    receiver.endPacket(now);
    if (receiver.mustAckInBatch()) {
      begin();
      receiver.writeSack(packet);
      send();
    }
  }

  private boolean isForUs(byte[] b, int offset) {
    if (Chunks.u16(b, offset) != settings.remotePort()
        || Chunks.u16(b, offset + 2) != settings.localPort()) {
      return false;
    }
    int tag = Chunks.i32(b, offset + 4);
    int type = Chunks.u8(b, offset + Chunks.COMMON_HEADER);
    if (type == Chunks.INIT) {
      return tag == 0;
    }
    boolean mayReflect = type == Chunks.ABORT || type == Chunks.SHUTDOWN_COMPLETE;
    int flags = Chunks.u8(b, offset + Chunks.COMMON_HEADER + 1);
    if (mayReflect && (flags & Chunks.TAG_REFLECTED) != 0) {
      return handshake.peer().isPresent() && tag == handshake.peerTag();
    }
    return tag == handshake.own().tag();
  }

  private void receiveChunks(byte[] b, int begin, int end, long now) throws ProtocolException {
    int at = begin;
    while (at < end && !isEnded && receiveChunk(b, at, now)) {
      at += Chunks.padded(Chunks.u16(b, at + 2));
    }
  }

  /** Whether what follows in the packet is to be read. */
  private boolean receiveChunk(byte[] b, int at, long now) throws ProtocolException {
    int type = Chunks.u8(b, at);
    switch (type) {
      case Chunks.INIT -> perform(handshake.onInit(b, at, now), now);
      case Chunks.INIT_ACK -> perform(handshake.onInitAck(b, at, now), now);
      case Chunks.COOKIE_ECHO -> perform(handshake.onCookieEcho(b, at, now), now);
      case Chunks.COOKIE_ACK -> perform(handshake.onEchoTaken(), now);
      case Chunks.ERROR -> onError(b, at, now);
      case Chunks.ABORT ->
          end(SctpEnd.ABORTED, "aborted by the peer, cause " + Causes.first(b, at));
      case Chunks.HEARTBEAT -> echo(b, at, now);
      case Chunks.HEARTBEAT_ACK, Chunks.PAD -> {}
      case Chunks.I_DATA -> throw new ProtocolException("I-DATA without agreement");
      default -> {
        return receiveAgreed(type, b, at, now);
      }
    }
    return true;
  }

  /** Chunks of an association that both ends know. */
  private boolean receiveAgreed(int type, byte[] b, int at, long now) throws ProtocolException {
    if (type == Chunks.DATA || type == Chunks.SACK) {
      perform(handshake.onEchoTaken(), now);
    }
    if (!handshake.isDone()) {
      return false;
    }
    switch (type) {
      case Chunks.DATA -> onDataChunk(b, at, now);
      case Chunks.SACK -> onSack(b, at, now);
      case Chunks.FORWARD_TSN -> receiver.onForwardTsn(b, at);
      case Chunks.RE_CONFIG -> resets.onChunk(b, at, receiver.cumulative(), now);
      case Chunks.SHUTDOWN -> shutdown.onShutdown(now);
      case Chunks.SHUTDOWN_ACK -> onShutdownAck();
      case Chunks.SHUTDOWN_COMPLETE -> {
        if (shutdown.isAwaitingComplete()) {
          end(SctpEnd.SHUT_DOWN, "");
        }
      }
      default -> {
        return onUnknown(type, b, at);
      }
    }
    return true;
  }

  private void onDataChunk(byte[] b, int at, long now) throws ProtocolException {
    tidyAt = tidyAt == NEVER ? now + IDLE : tidyAt;
    receiver.onData(b, at, now);
    if (shutdown.isSent()) {
      receiver.askForAck();
    }
  }

  private void onSack(byte[] b, int at, long now) throws ProtocolException {
    sender.onSack(b, at, now);
    if (isFull && sender.queue().room() >= settings.sendBuffer() / 2) {
      isFull = false;
      output.onWritable();
    }
  }

  private void onShutdownAck() {
    if (shutdown.isAwaitingAck()) {
      begin();
      packet.beginChunk(Chunks.SHUTDOWN_COMPLETE, 0);
      packet.endChunk();
      send();
      end(SctpEnd.SHUT_DOWN, "");
    }
  }

  private void onError(byte[] b, int at, long now) {
    if (Causes.first(b, at) == Causes.STALE_COOKIE) {
      perform(handshake.onStale(now), now);
    }
  }

  /** A heartbeat is echoed unchanged, ahead of all data: some peers abort if it is not. */
  private void echo(byte[] b, int at, long now) {
    int length = Chunks.u16(b, at + 2) - Chunks.HEADER;
    boolean fits = length <= PacketBuffer.MAX_PACKET - Chunks.COMMON_HEADER - Chunks.HEADER;
    if (handshake.isDone() && fits && echoes.allows(MAX_ECHOES, now)) {
      begin();
      packet.beginChunk(Chunks.HEARTBEAT_ACK, 0);
      packet.put(b, at + Chunks.HEADER, length);
      packet.endChunk();
      send();
    }
  }

  private boolean onUnknown(int type, byte[] b, int at) {
    if (PacketCheck.isReported(type, 8) && errors < MAX_ERRORS) {
      errors++;
      int length = Math.min(Chunks.u16(b, at + 2), 64);
      begin();
      packet.beginChunk(Chunks.ERROR, 0);
      packet.put16(Causes.UNRECOGNIZED_CHUNK);
      packet.put16(4 + length);
      packet.put(b, at, length);
      packet.endChunk();
      send();
    }
    return PacketCheck.isSkipped(type, 8);
  }

  private void perform(Handshake.Step step, long now) {
    if (step == Handshake.Step.IGNORE) {
      return;
    }
    if (step == Handshake.Step.ESTABLISHED) {
      establish(handshake.peer().orElseThrow());
    }
    if (step == Handshake.Step.ANSWER || handshake.hasAnswer()) {
      packet.begin(settings.localPort(), settings.remotePort(), handshake.answerTag());
      boolean mayCarryData = handshake.mayCarryData();
      handshake.write(packet);
      if (mayCarryData) {
        sender.start(handshake.peer().orElseThrow().window());
        sender.fill(packet, now);
      }
      sendChecked();
    }
    if (step == Handshake.Step.ESTABLISHED && !areStreamsTaken()) {
      abort(Causes.USER_ABORT, "the peer takes too few streams", SctpEnd.PROTOCOL);
    } else if (step == Handshake.Step.ESTABLISHED) {
      output.onEstablished();
    }
  }

  private boolean areStreamsTaken() {
    int taken = handshake.peer().map(Init::incoming).orElse(0);
    for (int i = 0; i < streams.count(); i++) {
      if (streams.id(i) >= taken) {
        return false;
      }
    }
    return true;
  }

  private void establish(Init peer) {
    sender.start(peer.window());
    receiver.start(peer.firstTsn());
    resets.start(peer.firstTsn());
    takesZeroChecksum = settings.zeroChecksum() && peer.takesZeroChecksum();
  }

  private void deliver(int stream, int payloadType, int flags, byte[] b, int offset, int length)
      throws ProtocolException {
    receiver.onLent(length);
    boolean isOrdered = (flags & Chunks.UNORDERED) == 0;
    boolean isEnd = (flags & Chunks.END) != 0;
    output.onData(stream, payloadType, isOrdered, isEnd, b, offset, length);
  }

  /** Sends what may leave now: acknowledgements that are due, answers and data. */
  public void flush(long now) {
    latest = now;
    if (!isEstablished()) {
      return;
    }
    if (resets.hasToWrite(sender, now)) {
      begin();
      resets.write(packet, sender, now);
      send();
    }
    for (int i = 0; i < MAX_BATCH; i++) {
      begin();
      if (receiver.mustAck(now) || (receiver.owesAck() && sender.nextTime(now) <= now)) {
        receiver.writeSack(packet);
      }
      if (sender.fill(packet, now)) {
        tidyAt = tidyAt == NEVER ? now + IDLE : tidyAt;
      }
      if (packet.isEmpty()) {
        break;
      }
      send();
    }
    shutDown(now);
  }

  private void shutDown(long now) {
    shutdown.onProgress(sender.isDone(), now);
    if (!shutdown.isDue(now)) {
      return;
    }
    if (shutdown.isHopeless()) {
      abort(Causes.USER_ABORT, "no answer to the shutdown", SctpEnd.CLOSED);
      return;
    }
    begin();
    shutdown.write(packet, receiver.cumulative(), sender.rto().timeout(), now);
    send();
  }

  /** Does what is due, and sends what may leave. */
  public void onTime(long now) {
    latest = now;
    if (isEnded) {
      return;
    }
    perform(handshake.onTime(now), now);
    if (!handshake.isDone()) {
      return;
    }
    begin();
    sender.onTime(packet, now);
    if (!packet.isEmpty()) {
      send();
    }
    tidy(now);
    flush(now);
  }

  private void tidy(long now) {
    if (now < tidyAt) {
      return;
    }
    if (sender.isDone() && receiver.isIdle()) {
      sender.tidy();
      receiver.tidy();
      tidyAt = NEVER;
    } else {
      tidyAt = now + IDLE;
    }
  }

  /**
   * When {@link #onTime} is to be called: the time of the last call if there is something to do at
   * once, {@link Long#MAX_VALUE} if there is nothing to wait for.
   */
  public long nextTime() {
    if (isEnded) {
      return NEVER;
    }
    long time = Math.min(handshake.nextTime(), tidyAt);
    if (handshake.isDone()) {
      time = Math.min(time, sender.nextTime(latest));
      time = Math.min(time, receiver.nextTime(latest));
      time = Math.min(time, resets.hasToWrite(sender, latest) ? latest : resets.nextTime());
      time = Math.min(time, shutdown.nextTime());
    }
    return time;
  }

  /** Bytes held for data: on the way, waiting to be sent, and waiting for something before them. */
  public long memory() {
    return sender.memory() + receiver.memory();
  }

  Sender sender() {
    return sender;
  }

  Receiver receiver() {
    return receiver;
  }

  private void begin() {
    packet.begin(settings.localPort(), settings.remotePort(), handshake.peerTag());
  }

  private void send() {
    packet.seal(!takesZeroChecksum);
    output.send(packet.bytes(), 0, packet.length());
  }

  /** Packets that set the association up always carry their checksum. */
  private void sendChecked() {
    packet.seal(true);
    output.send(packet.bytes(), 0, packet.length());
  }
}
