package org.webtorrent4j.webrtc.rtc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what it was told, a line for each event. */
public final class RtcRecorder implements RtcHandler {
  /** What happened. */
  public final List<String> events = new ArrayList<>();

  @Override
  public void onDescription(String sdp) {
    events.add("description");
  }

  @Override
  public void onOpen() {
    events.add("open");
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    events.add("bytes " + StandardCharsets.ISO_8859_1.decode(bytes));
  }

  @Override
  public void onWritable() {
    events.add("writable");
  }

  @Override
  public void onClosed(@Nullable IOException cause) {
    events.add("closed");
  }
}
