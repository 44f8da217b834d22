package org.webtorrent4j.webrtc.socket;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the frames of a server and puts its messages together. For one thread; blocks.
 *
 * <pre>
 * FIN RSV RSV RSV opcode(4) | MASK length(7) | length (0, 2 or 8) | payload
 * </pre>
 */
final class FrameReader {
  /** A longer message ends the socket. */
  static final int MAX_MESSAGE = 256 * 1024;

  private static final int MAX_CONTROL = 125;

  /** What a server sends. */
  interface Handler {
    /** A whole message; text or binary is all the same to us. */
    void onMessage(String text) throws IOException;

    /** Its payload wants to be sent back. */
    void onPing(byte[] payload) throws IOException;

    /** A frame of any kind arrived. */
    void onFrame();
  }

  private final InputStream in;
  private final Handler handler;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private boolean isInMessage;
  private boolean isText; // what is being put together; else bytes
  private String closeReason = "";
  private int closeCode = CloseCode.NORMAL;

  FrameReader(InputStream in, Handler handler) {
    this.in = in;
    this.handler = handler;
  }

  /** Why the server closed: a code and a text, as far as it told. */
  String closeReason() {
    return closeReason;
  }

  /** With what the server's goodbye is to be answered. */
  int closeCode() {
    return closeCode;
  }

  /**
   * Reads one frame.
   *
   * @return false if it was the one that closes
   * @throws FrameException if it breaks the rules
   */
  boolean readFrame() throws IOException {
    int first = readByte();
    int second = readByte();
    boolean isFinal = (first & 0x80) != 0;
    int opcode = first & 0x0f;
    if ((first & 0x70) != 0) {
      throw broken("a frame of an extension that was not agreed on");
    }
    if ((second & 0x80) != 0) {
      throw broken("a masked frame from a server");
    }
    boolean isControl = opcode >= 0x8;
    long length = readLength(second & 0x7f);
    if (isControl && (!isFinal || length > MAX_CONTROL)) {
      throw broken("a control frame in parts or of " + length + " bytes");
    }
    if (!isControl && length > MAX_MESSAGE - message.size()) {
      throw new FrameException(
          CloseCode.TOO_LONG, "a message of more than " + MAX_MESSAGE + " bytes");
    }
    byte[] payload = in.readNBytes((int) length);
    if (payload.length < length) {
      throw new EOFException("the tracker closed the connection");
    }
    handler.onFrame();
    return onFrame(opcode, isFinal, payload);
  }

  private boolean onFrame(int opcode, boolean isFinal, byte[] payload) throws IOException {
    switch (opcode) {
      case Opcode.CONTINUATION, Opcode.TEXT, Opcode.BINARY -> onPart(opcode, isFinal, payload);
      case Opcode.PING -> handler.onPing(payload);
      case Opcode.PONG -> {}
      case Opcode.CLOSE -> {
        closeReason = reason(payload);
        return false;
      }
      default -> throw broken("a frame with the reserved opcode " + opcode);
    }
    return true;
  }

  private void onPart(int opcode, boolean isFinal, byte[] payload) throws IOException {
    if (isInMessage != (opcode == Opcode.CONTINUATION)) {
      throw broken(isInMessage ? "a message inside of another" : "the continuation of no message");
    }
    if (!isInMessage) {
      isText = opcode == Opcode.TEXT;
    }
    message.writeBytes(payload);
    isInMessage = !isFinal;
    if (isFinal) {
      String text = isText ? utf8(message.toByteArray()) : message.toString(StandardCharsets.UTF_8);
      message.reset();
      handler.onMessage(text);
    }
  }

  private long readLength(int shortForm) throws IOException {
    if (shortForm < 126) {
      return shortForm;
    }
    long length = 0;
    for (int i = shortForm == 126 ? 2 : 8; i > 0; i--) {
      length = (length << 8) | readByte();
    }
    if (length < 0) {
      throw broken("a frame of a negative length");
    }
    return length;
  }

  private int readByte() throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("the tracker closed the connection");
    }
    return b;
  }

  private String reason(byte[] payload) throws FrameException {
    if (payload.length == 0) {
      return "";
    }
    int code = payload.length == 1 ? 0 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    if (!CloseCode.isValid(code)) {
      throw broken("a goodbye with the code " + code);
    }
    closeCode = code;
    return (code + " " + utf8(Arrays.copyOfRange(payload, 2, payload.length))).strip();
  }

  private static String utf8(byte[] bytes) throws FrameException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new FrameException(CloseCode.INVALID_TEXT, "text that is not UTF-8");
    }
  }

  private static FrameException broken(String rule) {
    return new FrameException(CloseCode.PROTOCOL_ERROR, rule);
  }
}
