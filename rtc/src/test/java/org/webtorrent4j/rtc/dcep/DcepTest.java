package org.webtorrent4j.rtc.dcep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.rtc.sctp.SctpEnd;
import org.webtorrent4j.rtc.sctp.SctpSettings;
import org.webtorrent4j.rtc.sctp.packet.PacketBuffer;

class DcepTest {
  private long now = 1_000_000_000;

  /** One end; packets arrive when the other has had its turn. */
  private static final class End implements Dcep.Output {
    final List<String> events = new ArrayList<>();
    final List<byte[]> packets = new ArrayList<>();
    final Dcep dcep;

    End(SctpSettings settings, boolean isClient) {
      dcep = new Dcep(settings, new PacketBuffer(), new Random(isClient ? 1 : 2), isClient, this);
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
      packets.add(java.util.Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    public void onEstablished() {
      events.add("established");
    }

    @Override
    public void onOpen(int channel) {
      events.add("open " + channel);
    }

    @Override
    public void onData(int channel, boolean isText, byte[] bytes, int offset, int length) {
      events.add(
          (isText ? "text " : "data ")
              + channel
              + " "
              + new String(bytes, offset, length, StandardCharsets.UTF_8));
      dcep.consumed(length);
    }

    @Override
    public void onClosed(int channel) {
      events.add("closed " + channel);
    }

    @Override
    public void onWritable() {}

    @Override
    public void onEnd(SctpEnd end, String reason) {
      events.add("end " + end + " " + reason);
    }
  }

  private End client = new End(SctpSettings.ofStream(), true);
  private End server = new End(SctpSettings.ofStream(), false);

  private void connect(SctpSettings settings) {
    client = new End(settings, true);
    server = new End(settings, false);
    client.dcep.association().connect(now);
    server.dcep.association().connect(now);
    exchange();
  }

  private void exchange() {
    for (int i = 0; i < 20; i++) {
      now += 30_000_000;
      pass(client, server);
      pass(server, client);
    }
  }

  private void pass(End from, End to) {
    from.dcep.association().onTime(now);
    for (byte[] packet : from.packets) {
      to.dcep.association().receive(packet, 0, packet.length, now);
    }
    from.packets.clear();
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void channelOfTheDtlsClientIsEvenAndThatOfTheServerOdd() {
    connect(SctpSettings.ofStream());

    assertEquals(0, client.dcep.open("a"));
    assertEquals(1, server.dcep.open("b"));
    exchange();

    assertEquals(List.of("established", "open 0", "open 1"), sorted(client.events));
    assertEquals(List.of("established", "open 0", "open 1"), sorted(server.events));
  }

  private static List<String> sorted(List<String> events) {
    return events.stream().sorted().toList();
  }

  @Test
  void dataMayFollowAtOnceBothWays() {
    connect(SctpSettings.ofStream());
    int channel = client.dcep.open("webtorrent");
    client.dcep.write(channel, text("hello"));
    exchange();
    server.dcep.write(channel, text("you"));
    exchange();

    assertEquals(List.of("established", "open 0", "data 0 hello"), server.events);
    assertEquals(List.of("established", "open 0", "data 0 you"), client.events);
  }

  @Test
  void emptyMessageIsAMessageWhereBordersAreKept() {
    connect(SctpSettings.ofMessages());
    int channel = client.dcep.open("live");
    assertTrue(client.dcep.writeEmpty(channel));
    client.dcep.write(channel, text("x"));
    exchange();

    assertEquals(List.of("established", "open 0", "data 0 ", "data 0 x"), server.events);
  }

  @Test
  void closingIsHeardOnBothEndsAfterWhatWasWritten() {
    connect(SctpSettings.ofStream());
    int channel = client.dcep.open("a");
    client.dcep.write(channel, text("last"));
    client.dcep.close(channel);
    exchange();

    assertEquals(List.of("established", "open 0", "data 0 last", "closed 0"), server.events);
    assertEquals(List.of("established", "open 0", "closed 0"), client.events);
    assertEquals(2, client.dcep.open("b"));
  }

  @Test
  void moreChannelsThanAPeerMayHaveAreRefused() {
    connect(SctpSettings.ofStream());
    for (int i = 0; i < Dcep.MAX_CHANNELS; i++) {
      client.dcep.open("c" + i);
    }

    assertThrows(IllegalStateException.class, () -> client.dcep.open("one more"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "03",
        "0300000000000000000200",
        "030000000000000000040000616200",
        "0300000000000000000200016162",
        "030300000000000000000000",
        "ff0000000000000000000000"
      })
  void openThatDoesNotHangTogetherIsABreach(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length > 0 && bytes[0] == OpenMessage.TYPE) {
      assertThrows(ProtocolException.class, () -> OpenMessage.read(bytes, 0, bytes.length));
    }
  }

  @Test
  void openOfBrowsersIsReadAndOursIsTheSame() throws ProtocolException {
    String label = "88b00790df1fadc9fca240c697bc7aea713ae45f";
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                "030000000000000000280000"
                    + HexFormat.of().formatHex(label.getBytes(StandardCharsets.UTF_8)));

    OpenMessage open = OpenMessage.read(bytes, 0, bytes.length);

    assertEquals(new OpenMessage(true, true, label, ""), open);
    assertEquals(ByteBuffer.wrap(bytes), open.write());
  }
}
