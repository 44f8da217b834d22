package org.webtorrent4j.rtc.dtls;

import static org.webtorrent4j.rtc.dtls.HandshakeMessage.CERTIFICATE;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.CERTIFICATE_REQUEST;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.CERTIFICATE_VERIFY;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.CLIENT_HELLO;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.CLIENT_KEY_EXCHANGE;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.FINISHED;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.SERVER_HELLO;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.SERVER_HELLO_DONE;
import static org.webtorrent4j.rtc.dtls.HandshakeMessage.SERVER_KEY_EXCHANGE;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The side that waits for a hello: the one whose session description says {@code setup:passive}. It
 * asks for no cookie, for an address that it answers has answered a check of ICE before.
 */
final class ServerHandshake implements Handshake {
  private final DtlsIdentity identity;
  private final List<Fingerprint> expected;
  private final SecureRandom random;
  private final Host host;
  private final byte[] serverRandom = new byte[Hello.RANDOM];
  private final Transcript transcript = new Transcript();

  /** The message that comes next. */
  private int next = CLIENT_HELLO;

  private int sequence;
  private byte[] clientRandom = new byte[0];
  private byte[] clientPublic = new byte[0];
  private byte[] sessionHash = new byte[0];
  private @Nullable KeyExchange exchange;
  private @Nullable PublicKey clientKey;
  private @Nullable KeySchedule keys;

  ServerHandshake(
      DtlsIdentity identity, List<Fingerprint> expected, SecureRandom random, Host host) {
    this.identity = identity;
    this.expected = expected;
    this.random = random;
    this.host = host;
  }

  @Override
  public void start() {
    random.nextBytes(serverRandom); // all of it: the last bytes must not claim that we speak 1.3
  }

  @Override
  public boolean mayCome(int type) {
    return type == CLIENT_HELLO
        || type == CERTIFICATE
        || type == CLIENT_KEY_EXCHANGE
        || type == CERTIFICATE_VERIFY;
  }

  @Override
  public boolean expects(int type) {
    return type == next;
  }

  @Override
  public void onMessage(HandshakeMessage message) throws DtlsException, GeneralSecurityException {
    switch (message.type()) {
      case CLIENT_HELLO -> {
        Hello.Client hello = Hello.readClient(message.body());
        clientRandom = hello.random();
        take(message, CERTIFICATE);
        host.compute(() -> offer(hello.group()), offer -> send(hello, offer));
      }
      case CERTIFICATE -> {
        clientKey = Certificates.read(message.body(), expected);
        take(message, CLIENT_KEY_EXCHANGE);
      }
      case CLIENT_KEY_EXCHANGE -> {
        ByteReader in = new ByteReader(message.body());
        clientPublic = in.part(1).rest();
        in.expectEnd();
        take(message, CERTIFICATE_VERIFY);
        sessionHash = transcript.hash();
      }
      case CERTIFICATE_VERIFY -> {
        take(message, FINISHED);
        host.compute(() -> agree(message.body()), this::onAgreed);
      }
      case FINISHED -> finish(message);
      default -> throw new IllegalStateException("message " + message.type());
    }
  }

  private void take(HandshakeMessage message, int following) {
    transcript.add(message);
    next = following;
  }

  /** A key pair of ours, and what we say of it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Offer(KeyExchange exchange, byte[] message) {}

  private Offer offer(int group) throws GeneralSecurityException {
    KeyExchange fresh = KeyExchange.generate(group, random);
    return new Offer(
        fresh, ServerKeys.write(fresh, clientRandom, serverRandom, identity.key(), random));
  }

  private void send(Hello.Client hello, Offer offer) {
    exchange = offer.exchange();
    Flight flight = new Flight();
    add(flight, SERVER_HELLO, Hello.server(serverRandom, hello.knowsRenegotiation()));
    add(flight, CERTIFICATE, Certificates.message(identity.certificate()));
    add(flight, SERVER_KEY_EXCHANGE, offer.message());
    add(flight, CERTIFICATE_REQUEST, Certificates.request());
    add(flight, SERVER_HELLO_DONE, new byte[0]);
    host.send(flight);
  }

  private void add(Flight flight, int type, byte[] body) {
    HandshakeMessage message = new HandshakeMessage(type, sequence++, body);
    transcript.add(message);
    flight.add(message);
  }

  /** Whether the client has the key of its certificate, and the secret that we share. */
  private KeySchedule agree(byte[] verify) throws DtlsException, GeneralSecurityException {
    KeyExchange ours = exchange;
    PublicKey theirs = clientKey;
    if (ours == null || theirs == null) {
      throw new IllegalStateException("a message was left out");
    }
    Certificates.verify(theirs, sessionHash, new ByteReader(verify));
    byte[] premaster = ours.agree(clientPublic);
    return new KeySchedule(premaster, sessionHash, clientRandom, serverRandom);
  }

  private void onAgreed(KeySchedule agreed) throws GeneralSecurityException {
    keys = agreed;
    host.onKeys(agreed);
  }

  private void finish(HandshakeMessage message) throws DtlsException, GeneralSecurityException {
    KeySchedule schedule = keys;
    if (schedule == null) {
      throw new IllegalStateException("no keys");
    }
    if (!MessageDigest.isEqual(schedule.finished(true, transcript.hash()), message.body())) {
      throw new DtlsException(Alert.DECRYPT_ERROR, "the peer saw another handshake than we did");
    }
    transcript.add(message);
    byte[] proof = schedule.finished(false, transcript.hash());
    schedule.wipe();
    next = -1;
    host.send(new Flight().addFinished(new HandshakeMessage(FINISHED, sequence, proof)));
    host.onDone();
  }
}
