package org.webtorrent4j.tracker.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.webtorrent4j.net.Url;
import org.webtorrent4j.tracker.net.AddressRules.Sender;

class AddressRulesTest {
  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }

  private static void check(String path, String address, Sender sender) throws IOException {
    AddressRules.check(Url.parse("http://t" + path), address(address), sender);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "0.1.2.3",
        "::1",
        "::",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::127.0.0.1"
      })
  void thisHostIsAskedForAnnouncesOnly(String address) throws IOException {
    for (String path :
        new String[] {
          "/announce",
          "/announce?x=y",
          "/scrape",
          "/KEY/announce",
          "/KEY/announce/",
          "/announce/KEY",
          "/announce.php?passkey=x",
          "/Announce",
          "/tracker/scrape.php"
        }) {
      check(path, address, Sender.TORRENT);
    }
    for (String path :
        new String[] {
          "",
          "/",
          "/admin",
          "/?announce",
          "/admin?/announce",
          "/a/announce/x",
          "/xannounce",
          "/scraper/run",
          "/announce/../admin",
          "/announce/%2E./admin",
          "/announce/..%5cadmin"
        }) {
      assertThrows(IOException.class, () -> check(path, address, Sender.TORRENT), path);
      check(path, address, Sender.USER);
    }
  }

  @Test
  void webSocketTrackersOfThisHostNeedNoPath() throws IOException {
    for (String url : new String[] {"ws://t", "WSS://t/", "ws://t/announce?x=y"}) {
      AddressRules.check(Url.parse(url), address("127.0.0.1"), Sender.TORRENT);
    }
    for (String url : new String[] {"ws://t/?x", "ws://t?x", "ws://t/admin", "http://t/"}) {
      assertThrows(
          IOException.class,
          () -> AddressRules.check(Url.parse(url), address("127.0.0.1"), Sender.TORRENT),
          url);
    }
  }

  @Test
  void udpTrackersHaveNoPath() throws IOException {
    for (String url : new String[] {"udp://t:1", "udp://t:1/x"}) {
      AddressRules.check(Url.parse(url), address("127.0.0.1"), Sender.TORRENT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.1",
        "192.168.1.1",
        "169.254.1.1",
        "100.64.0.1",
        "100.127.0.1",
        "127.0.0.1",
        "0.0.0.0",
        "::1",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12::1",
        "64:ff9b::10.0.0.1",
        "2002:c0a8:0101::1"
      })
  void internetDoesNotSendUsIntoLocalNetworks(String address) throws IOException {
    assertFalse(AddressRules.isGlobal(address(address)));
    assertThrows(IOException.class, () -> check("/announce", address, Sender.INTERNET));
    check("/announce", address, Sender.TORRENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.3.4",
        "100.63.0.1",
        "100.128.0.1",
        "172.32.0.1",
        "2001:db8::1",
        "64:ff9b::8.8.8.8"
      })
  void internetMaySendUsElsewhere(String address) throws IOException {
    assertTrue(AddressRules.isGlobal(address(address)));
    check("/x", address, Sender.INTERNET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"224.0.0.1", "255.255.255.255", "240.0.0.1", "ff02::1"})
  void multicastIsNoTracker(String address) {
    assertThrows(IOException.class, () -> check("/announce", address, Sender.USER));
  }

  @ParameterizedTest
  @CsvSource({
    "64:ff9b::1.2.3.4, 1.2.3.4",
    "2002:0102:0304::5, 1.2.3.4",
    "::1.2.3.4, 1.2.3.4",
    "2001:db8::1, 2001:db8::1"
  })
  void disguisesAreTakenOff(String disguised, String real) throws UnknownHostException {
    assertEquals(address(real), AddressRules.normalize(address(disguised)));
  }

  @Test
  void mappedAddressIsTakenApart() throws UnknownHostException {
    byte[] bytes = new byte[16];
    bytes[10] = bytes[11] = -1;
    bytes[12] = 127;
    bytes[15] = 1;

    assertFalse(AddressRules.isGlobal(InetAddress.getByAddress("x", bytes)));
  }
}
