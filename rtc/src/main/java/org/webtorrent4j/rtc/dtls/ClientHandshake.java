package org.webtorrent4j.rtc.dtls;

import static org.webtorrent4j.rtc.dtls.HandshakeMessage.CERTIFICATE;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.CERTIFICATE_REQUEST;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.CERTIFICATE_VERIFY;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.CLIENT_HELLO;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.CLIENT_KEY_EXCHANGE;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.FINISHED;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.HELLO_VERIFY_REQUEST;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.SERVER_HELLO;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.SERVER_HELLO_DONE;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.SERVER_KEY_EXCHANGE;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The side that says hello first: the one whose session description says {@code setup:active}. */
final class ClientHandshake implements Handshake {
  /** Cookies that are repeated; an honest server asks once, or again after a restart. */
  private static final int MAX_COOKIES = 2;

  private final DtlsIdentity identity;
  private final List<Fingerprint> expected;
  private final SecureRandom random;
  private final Host host;
  private final byte[] clientRandom = new byte[Hello.RANDOM];

  private Transcript transcript = new Transcript();
  private int sequence;
  private int cookies;

  /** The message that comes next. */
  private int next = SERVER_HELLO;

  private byte[] serverRandom = new byte[0];
  private @Nullable PublicKey serverKey;
  private ServerKeys.@Nullable Offer offer;
  private @Nullable KeySchedule keys;

  ClientHandshake(
      DtlsIdentity identity, List<Fingerprint> expected, SecureRandom random, Host host) {
    this.identity = identity;
    this.expected = expected;
    this.random = random;
    this.host = host;
  }

  @Override
  public void start() {
    random.nextBytes(clientRandom);
    sayHello(new byte[0]);
  }

  @Override
  public boolean mayCome(int type) {
    return type == HELLO_VERIFY_REQUEST
        || type == SERVER_HELLO
        || type == CERTIFICATE
        || type == SERVER_KEY_EXCHANGE
        || type == CERTIFICATE_REQUEST
        || type == SERVER_HELLO_DONE;
  }

  @Override
  public boolean expects(int type) {
    return type == next
        || (next == SERVER_HELLO && type == HELLO_VERIFY_REQUEST && cookies < MAX_COOKIES);
  }

  @Override
  public void onMessage(HandshakeMessage message) throws DtlsException, GeneralSecurityException {
    switch (message.type()) {
      case HELLO_VERIFY_REQUEST -> {
        cookies++;
        transcript = new Transcript();
        sayHello(Hello.readVerifyRequest(message.body()));
      }
      case SERVER_HELLO -> {
        serverRandom = Hello.readServer(message.body());
        take(message, CERTIFICATE);
      }
      case CERTIFICATE -> {
        serverKey = Certificates.read(message.body(), expected);
        take(message, SERVER_KEY_EXCHANGE);
      }
      case SERVER_KEY_EXCHANGE -> {
        offer = ServerKeys.read(message.body());
        take(message, CERTIFICATE_REQUEST);
      }
      case CERTIFICATE_REQUEST -> {
        Certificates.checkRequest(message.body());
        take(message, SERVER_HELLO_DONE);
      }
      case SERVER_HELLO_DONE -> {
        take(message, FINISHED);
        host.compute(this::answer, this::send);
      }
      case FINISHED -> finish(message);
      default -> throw new IllegalStateException("message " + message.type());
    }
  }

  private void sayHello(byte[] cookie) {
    HandshakeMessage hello =
        new HandshakeMessage(CLIENT_HELLO, sequence++, Hello.client(clientRandom, cookie));
    transcript.add(hello);
    host.send(new Flight().add(hello));
  }

  private void take(HandshakeMessage message, int following) {
    transcript.add(message);
    next = following;
  }

  /** Our answer to the server's flight, all but Finished. */
  private record Answer(
      HandshakeMessage certificate,
      HandshakeMessage keyExchange,
      HandshakeMessage verify,
      KeySchedule keys) {}

  /** All the public-key arithmetic of this side. Runs elsewhere, while nothing here changes. */
  private Answer answer() throws DtlsException, GeneralSecurityException {
    ServerKeys.Offer server = known(offer);
    server.verify(known(serverKey), clientRandom, serverRandom);
    KeyExchange exchange = KeyExchange.generate(server.group(), random);
    byte[] premaster = exchange.agree(server.publicKey());
    HandshakeMessage certificate =
        new HandshakeMessage(CERTIFICATE, sequence, Certificates.message(identity.certificate()));
    HandshakeMessage keyExchange =
        new HandshakeMessage(
            CLIENT_KEY_EXCHANGE,
            sequence + 1,
            new ByteWriter().part8(exchange.publicKey()).toBytes());
    Transcript all = transcript.copy();
    all.add(certificate);
    all.add(keyExchange);
    byte[] hash = all.hash();
    HandshakeMessage verify =
        new HandshakeMessage(
            CERTIFICATE_VERIFY, sequence + 2, Certificates.sign(identity.key(), hash, random));
    return new Answer(
        certificate,
        keyExchange,
        verify,
        new KeySchedule(premaster, hash, clientRandom, serverRandom));
  }

  private void send(Answer answer) throws GeneralSecurityException {
    transcript.add(answer.certificate());
    transcript.add(answer.keyExchange());
    transcript.add(answer.verify());
    keys = answer.keys();
    byte[] proof = answer.keys().finished(true, transcript.hash());
    HandshakeMessage finished = new HandshakeMessage(FINISHED, sequence + 3, proof);
    transcript.add(finished);
    host.onKeys(answer.keys());
    host.send(
        new Flight()
            .add(answer.certificate())
            .add(answer.keyExchange())
            .add(answer.verify())
            .addFinished(finished));
  }

  private void finish(HandshakeMessage message) throws DtlsException, GeneralSecurityException {
    KeySchedule schedule = known(keys);
    if (!MessageDigest.isEqual(schedule.finished(false, transcript.hash()), message.body())) {
      throw new DtlsException(Alert.DECRYPT_ERROR, "the peer saw another handshake than we did");
    }
    schedule.wipe();
    next = -1;
    host.onDone();
  }

  private static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a message was left out");
    }
    return value;
  }
}
