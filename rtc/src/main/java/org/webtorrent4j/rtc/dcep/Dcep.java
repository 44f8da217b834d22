package org.webtorrent4j.rtc.dcep;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.webtorrent4j.rtc.sctp.SctpAssociation;
import org.webtorrent4j.rtc.sctp.SctpEnd;
import org.webtorrent4j.rtc.sctp.SctpSettings;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;

/**
 * The data channels of one peer: opens them by messages on their own stream, and turns payload
 * types into what they mean. Time and packets go to {@link #association}; the thread is its
 * owner's.
 */
public final class Dcep {
  /**
   * What comes out. The methods are called from within those of the association; of ours they may
   * call {@link #open}, {@link #write}, {@link #writeEmpty}, {@link #close} and {@link #consumed}.
   */
  public interface Output {
    /** A packet for one DTLS record; the bytes are lent for the call. */
    void send(byte[] bytes, int offset, int length);

    /** Channels can be opened. */
    void onEstablished();

    /** The peer opened a channel, or took ours. */
    void onOpen(int channel);

    /**
     * Data of a channel: a message if borders are kept, which may be empty, else what came, which
     * is not. It counts against the window until it is {@link #consumed}.
     */
    void onData(int channel, boolean isText, byte[] bytes, int offset, int length)
        throws ProtocolException;

    /** The peer closed a channel, or both sides know that we did; nothing more comes on it. */
    void onClosed(int channel);

    /** There is room again for what was not taken. */
    void onWritable();

    /** All is over; nothing comes after this, and it comes once. */
    void onEnd(SctpEnd end, String reason);
  }

  /** Channels that a peer may have open at once; it is refused more. */
  public static final int MAX_CHANNELS = 4;

  private static final int DCEP = 50;
  private static final int TEXT = 51;
  private static final int BINARY = 53;
  private static final int EMPTY_TEXT = 56;
  private static final int EMPTY_BINARY = 57;
  private static final int ACK = 2;

  private final Output output;
  private final SctpAssociation association;
  private final boolean keepsBorders;
  private int nextId;

  // Channels that are open, and those of ours that the peer has not shown to know.
  private int[] channels = new int[0];
  private int[] unconfirmed = new int[0];

  /**
   * Channels over an association that has not begun.
   *
   * @param isDtlsClient whether we are the client of DTLS, whose channels have even ids
   */
  public Dcep(
      SctpSettings settings,
      PacketBuffer packet,
      RandomGenerator random,
      boolean isDtlsClient,
      Output output) {
    this.output = output;
    keepsBorders = settings.keepsBorders();
    nextId = isDtlsClient ? 0 : 1;
    association = new SctpAssociation(settings, packet, random, new FromAssociation());
  }

  /** What carries the channels. */
  public SctpAssociation association() {
    return association;
  }

  /**
   * Opens an ordered, reliable channel; data may be written at once.
   *
   * @return its id
   * @throws IllegalStateException if there are too many
   */
  public int open(String label) {
    while (isOpen(nextId)) {
      nextId += 2;
    }
    int id = nextId;
    if (channels.length >= MAX_CHANNELS || !association.open(id)) {
      throw new IllegalStateException("more than " + MAX_CHANNELS + " channels");
    }
    nextId += 2;
    channels = with(channels, id);
    unconfirmed = with(unconfirmed, id);
    association.write(id, DCEP, true, new OpenMessage(true, true, label, "").write());
    return id;
  }

  /** Writes data as {@link SctpAssociation#write} does; returns how much was taken. */
  public int write(int channel, ByteBuffer data) {
    return isOpen(channel) ? association.write(channel, BINARY, true, data) : 0;
  }

  /** Writes a message of no bytes; whether it was taken. */
  public boolean writeEmpty(int channel) {
    ByteBuffer zero = ByteBuffer.wrap(new byte[1]);
    return isOpen(channel) && association.write(channel, EMPTY_BINARY, true, zero) > 0;
  }

  /** Bytes of data are dealt with. */
  public void consumed(int bytes) {
    association.consumed(bytes);
  }

  /** Closes a channel once what was written has arrived. */
  public void close(int channel) {
    if (isOpen(channel)) {
      association.reset(channel);
    }
  }

  private boolean isOpen(int id) {
    return contains(channels, id);
  }

  private static boolean contains(int[] ids, int id) {
    for (int each : ids) {
      if (each == id) {
        return true;
      }
    }
    return false;
  }

  private static int[] with(int[] ids, int id) {
    int[] more = Arrays.copyOf(ids, ids.length + 1);
    more[ids.length] = id;
    return more;
  }

  private static int[] without(int[] ids, int id) {
    return Arrays.stream(ids).filter(each -> each != id).toArray();
  }

  private void remove(int id) {
    if (isOpen(id)) {
      channels = without(channels, id);
      unconfirmed = without(unconfirmed, id);
      output.onClosed(id);
    }
  }

  private void onControl(int stream, byte[] bytes, int offset, int length)
      throws ProtocolException {
    if (bytes[offset] == OpenMessage.TYPE) {
      onOpen(stream, OpenMessage.read(bytes, offset, length));
    } else if (bytes[offset] == ACK) {
      confirm(stream);
    } else {
      throw new ProtocolException("DCEP message of type " + bytes[offset]);
    }
  }

  private void onOpen(int stream, OpenMessage open) throws ProtocolException {
    if (isOpen(stream)) {
      throw new ProtocolException("channel " + stream + " opened twice");
    }
    if (!keepsBorders && !(open.isOrdered() && open.isReliable())) {
      throw new ProtocolException("channel that may lose or reorder data");
    }
    if (!association.open(stream)) {
      throw new ProtocolException("too many streams");
    }
    association.write(stream, DCEP, true, ByteBuffer.wrap(new byte[] {ACK}));
    if (channels.length >= MAX_CHANNELS) {
      association.reset(stream);
      return;
    }
    channels = with(channels, stream);
    output.onOpen(stream);
  }

  /** The peer knows our channel: by its ACK, or by data on it, with which some begin. */
  private void confirm(int stream) {
    if (contains(unconfirmed, stream)) {
      unconfirmed = without(unconfirmed, stream);
      output.onOpen(stream);
    }
  }

  private void onMessage(int stream, int payloadType, byte[] bytes, int offset, int length)
      throws ProtocolException {
    confirm(stream);
    switch (payloadType) {
      case BINARY, TEXT -> output.onData(stream, payloadType == TEXT, bytes, offset, length);
      case EMPTY_BINARY, EMPTY_TEXT -> {
        association.consumed(length);
        if (keepsBorders || payloadType == EMPTY_TEXT) {
          output.onData(stream, payloadType == EMPTY_TEXT, bytes, offset, 0);
        }
      }
      default -> throw new ProtocolException("payload type " + (payloadType & 0xffff_ffffL));
    }
  }

  /** What the association tells; apart, so that nobody else can. */
  private final class FromAssociation implements SctpAssociation.Output {
    @Override
    public void send(byte[] bytes, int offset, int length) {
      output.send(bytes, offset, length);
    }

    @Override
    public void onEstablished() {
      output.onEstablished();
    }

    @Override
    public void onData(
        int stream,
        int payloadType,
        boolean isOrdered,
        boolean isEnd,
        byte[] bytes,
        int offset,
        int length)
        throws ProtocolException {
      if (payloadType == DCEP) {
        association.consumed(length);
        onControl(stream, bytes, offset, length);
      } else if (isOpen(stream)) {
        onMessage(stream, payloadType, bytes, offset, length);
      } else {
        association.consumed(length);
      }
    }

    @Override
    public void onPeerReset(int stream) {
      association.reset(stream);
      remove(stream);
    }

    @Override
    public void onOwnReset(int stream) {
      remove(stream);
    }

    @Override
    public void onWritable() {
      output.onWritable();
    }

    @Override
    public void onClosed(SctpEnd end, String reason) {
      channels = new int[0];
      output.onEnd(end, reason);
    }
  }
}
