package org.webtorrent4j.examples.page;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostRuleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "127.0.0.1",
        "192.168.1.20",
        "::1",
        "[::1]",
        "[fd00::2]",
        "laptop",
        "laptop.local",
        "share.localhost"
      })
  void namesOfThisNetworkAreAccepted(String host) {
    assertTrue(HostRule.accepts(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "1.2.3.4.",
        "a.b"
      })
  void publicNamesAreNot(String host) {
    assertFalse(HostRule.accepts(host));
  }
}
