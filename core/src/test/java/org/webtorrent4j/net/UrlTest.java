package org.webtorrent4j.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {
  private static String refusal(String text) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> Url.parse(text)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/announce?passkey=a%2Bb&x='(*)'",
        "HTTPS://Example.COM",
        "udp://[2001:db8::1]:6969/announce",
        "http://[fe80::1%eth0]/",
        "http://tr_acker.invalid:9/announce",
        "http://xn--bcher-kva.example/",
        "http://user:pa%40ss@t:80/a//b;c=d/?e??f/",
        "http://t/%2e%2E/x%7c"
      })
  void whatRfc3986AllowsIsKeptByteByByte(String text) {
    assertEquals(text, Url.parse(text).toString());
    assertEquals(text, Url.parse(text).uri().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "http://t/a.php?authkey=9207|885 http://t/a.php?authkey=9207%7C885",
        "http://t/{x}[y]?{x}[y]^`\"<>\\ http://t/%7Bx%7D%5By%5D?%7Bx%7D%5By%5D%5E%60%22%3C%3E%5C",
        "http://t/100%?k=%zz%4 http://t/100%25?k=%25zz%254",
        "http://t/ä?ö=€ http://t/%C3%A4?%C3%B6=%E2%82%AC",
        "http://u|v:p@ss@t/ http://u%7Cv:p%40ss@t/",
        "http://t/announce#top http://t/announce",
        "http://t:/x http://t/x"
      })
  void whatItDoesNotAllowIsEscaped(String text, String escaped) {
    assertEquals(escaped, Url.parse(text).toString());
  }

  @Test
  void blanksAroundAreIgnoredAndThoseInsideEscaped() {
    assertEquals("http://t/a%20b?c%20d", Url.parse(" \thttp://t/a b?c d\r\n\u3000").toString());
    assertEquals("http://t/a%0Ab", Url.parse("http://t/a\nb").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "http://träcker.invalid:9/a, xn--trcker-cua.invalid",
    "http://TRÄCKER.invalid/, xn--trcker-cua.invalid",
    "http://tr%C3%A4cker.invalid/, xn--trcker-cua.invalid",
    "http://пример。испытание/, xn--e1afmkfd.xn--80akhbyknj4f",
    "udp://träcker_1.invalid:9, xn--trcker_1-1za.invalid",
    "http://tr_acker.invalid:9/, tr_acker.invalid",
    "http://u:p@tr_acker.invalid:9/, tr_acker.invalid",
    "http://u@v@t/, t"
  })
  void hostIsAscii(String text, String host) {
    assertEquals(host, Url.parse(text).host());
  }

  @ParameterizedTest
  @CsvSource({"http://t, 80", "wss://t/, 443", "https://t:1/, 1", "udp://t_:09/, 9", "udp://t, -1"})
  void portIsThatOfTheSchemeUnlessItIsNamed(String text, int port) {
    assertEquals(port, Url.parse(text).port());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "nonsense",
        "t/announce",
        "http",
        "http:",
        "http:/t/x",
        "http://",
        "http:///x",
        "http://:80/x",
        "http://u@/x",
        "http://u:p@:80",
        "http://?x",
        "http:\\\\t\\x",
        "http://a b/",
        "http://a..b/",
        "http://.a/",
        "http://t:x/",
        "http://t:-1/",
        "http://t:0/",
        "http://t:65536/",
        "http://t:99999999999/",
        "http://2001:db8::1/",
        "http://[::1/",
        "http://[::1]x/",
        "http://[x]/",
        "http://[1:2]/",
        "http://a|b/",
        "http://a%2Fb/",
        "http://a%zz/",
        "http://stra\u00dfe.example/",
        "http://a\u202eb/",
        "magnet:?xt=urn:btih:abc",
        "//t/x"
      })
  void whatHasNoUsableHostIsRefused(String text) {
    String message = refusal(text);

    assertTrue(message.length() > 5 && message.length() < 80, message);
  }

  @Test
  void refusalDoesNotRepeatThePassword() {
    String message = refusal("http://u:secret@a b/");

    assertFalse(message.contains("secret"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "http://t/x, HTTP://T:80/x",
    "https://t., https://t:443/",
    "ws://t, WS://T./",
    "udp://t:1, UDP://t:01",
    "http://ä.example/, http://xn--4ca.example/",
    "http://u:p@t/, http://u:p@T:80/"
  })
  void sameServersAreOne(String one, String other) {
    assertEquals(Url.parse(one).key(), Url.parse(other).key());
  }

  @ParameterizedTest
  @CsvSource({
    "http://t/x, http://t/X",
    "http://t/, https://t/",
    "http://t/x, http://t/x/",
    "http://t/?k=1, http://t/?k=2",
    "http://u:p@t/, http://u:P@t/",
    "udp://t:1, udp://t:1/announce",
    "http://t/%7c, http://t/%7C"
  })
  void othersAreNot(String one, String other) {
    assertNotEquals(Url.parse(one).key(), Url.parse(other).key());
  }

  @Test
  void userIsSentAndNotShown() {
    Url url = Url.parse("http://aladdin:open+se%73ame@t/x");

    assertEquals("Basic YWxhZGRpbjpvcGVuK3Nlc2FtZQ==", url.authorization().orElseThrow());
    assertEquals("http://t/x", url.withoutUser());
    assertTrue(Url.parse("http://t/x").authorization().isEmpty());
    assertTrue(Url.parse("http://u:%41%zz@t/").authorization().isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "http://e.com/a/b, a, http://e.com/a/a",
    "http://e.com/a/b, c/d/e/, http://e.com/a/c/d/e/",
    "http://e.com/a/b, ../a, http://e.com/a",
    "http://e.com/a/b, /c?d, http://e.com/c?d",
    "http://e.com/a/b?c, ?d, http://e.com/a/?d",
    "http://e.com/a/b, //f.com/g, http://f.com/g",
    "http://e.com/a/b, HTTP://f.com/g|h#i, HTTP://f.com/g%7Ch",
    "http://e.com, d, http://e.com/d",
    "http://e_.com:8/x, y z, http://e_.com:8/y%20z",
    "http://e.com/x, y:z, http://e.com/y:z",
    "http://e.com/x, y?u=http://z, http://e.com/y?u=http://z"
  })
  void referencesAreResolved(String base, String reference, String target) {
    assertEquals(target, Url.parse(base).resolve(reference).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "http://e.com/a?b, HTTP://EXAMPLE.com/c, false",
    "http://e.com/a?b, HTTP://E.com./c, true",
    "http://e.com, http://u:p@e.com:80/, true",
    "https://e.com:443/, https://e.com/, true",
    "http://e.com, http://e.com.evil.com/, false",
    "http://e.com, https://e.com/, false",
    "http://e.com, http://e.com:81/, false",
    "http://e.com, http://e.com@evil.com/a, false"
  })
  void originIsSchemeHostAndPort(String one, String other, boolean isSame) {
    assertEquals(isSame, Url.parse(one).isSameOrigin(Url.parse(other)));
  }
}
