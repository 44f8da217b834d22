package org.webtorrent4j.rtc.dtls;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The JDK's own DTLS as a peer that somebody else wrote. It asks for a cookie when it is the
 * server.
 */
final class EngineParty implements DtlsLink.Party {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final long TIMEOUT = 100 * DtlsLink.MILLI;

  private final SSLEngine engine;
  private final DtlsLink.End end;
  private final ByteBuffer net = ByteBuffer.allocate(17 * 1024);
  private final ByteBuffer app = ByteBuffer.allocate(17 * 1024);
  private long due = Long.MAX_VALUE;
  private boolean isUp;

  EngineParty(boolean isClient, DtlsIdentity identity, DtlsLink.End end) throws Exception {
    this.end = end;
    SSLContext context = SSLContext.getInstance("DTLSv1.2");
    context.init(new KeyManager[] {keys(identity)}, new TrustManager[] {trust()}, null);
    engine = context.createSSLEngine();
    engine.setUseClientMode(isClient);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {"DTLSv1.2"});
    parameters.setCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
    parameters.setEnableRetransmissions(true);
    parameters.setMaximumPacketSize(2_048);
    if (!isClient) {
      parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
  }

  @Override
  public void start(long now) {
    try {
      engine.beginHandshake();
      pump(NOTHING, now);
    } catch (SSLException e) {
      end.onDown(e);
    }
  }

  @Override
  public void receive(byte[] data, long now) {
    try {
      pump(ByteBuffer.wrap(data.clone()), now);
    } catch (SSLException e) {
      end.onDown(e);
    }
  }

  @Override
  public void onTime(long now) {
    if (now >= due) {
      due = now + TIMEOUT;
      try {
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
          wrap(NOTHING);
        }
        pump(NOTHING, now);
      } catch (SSLException e) {
        end.onDown(e);
      }
    }
  }

  @Override
  public long nextTime() {
    return due;
  }

  @Override
  public boolean isUp() {
    return isUp;
  }

  void write(byte[] data) throws SSLException {
    wrap(ByteBuffer.wrap(data));
  }

  void close() throws SSLException {
    engine.closeOutbound();
    wrap(NOTHING);
  }

  private void pump(ByteBuffer in, long now) throws SSLException {
    for (int turn = 0; turn < 100; turn++) {
      HandshakeStatus status = engine.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_TASK) {
        for (Runnable task; (task = engine.getDelegatedTask()) != null; ) {
          task.run();
        }
      } else if (status == HandshakeStatus.NEED_WRAP) {
        if (!wrap(NOTHING) && engine.isOutboundDone()) {
          break;
        }
      } else if (status == HandshakeStatus.NEED_UNWRAP_AGAIN || in.hasRemaining()) {
        if (!unwrap(status == HandshakeStatus.NEED_UNWRAP_AGAIN ? NOTHING : in)) {
          break;
        }
      } else {
        break;
      }
    }
    due =
        engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP ? now + TIMEOUT : Long.MAX_VALUE;
  }

  private boolean unwrap(ByteBuffer in) throws SSLException {
    app.clear();
    SSLEngineResult result = engine.unwrap(in, app);
    if (app.position() > 0) {
      end.onPlaintext(app.array(), 0, app.position());
    }
    note(result);
    if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
      end.onDown(null);
      return false;
    }
    return result.getStatus() == SSLEngineResult.Status.OK;
  }

  private boolean wrap(ByteBuffer from) throws SSLException {
    net.clear();
    SSLEngineResult result = engine.wrap(from, net);
    if (net.position() > 0) {
      end.send(net.array(), 0, net.position());
    }
    note(result);
    return result.bytesProduced() > 0;
  }

  private void note(SSLEngineResult result) {
    if (result.getHandshakeStatus() == HandshakeStatus.FINISHED && !isUp) {
      isUp = true;
      end.onUp();
    }
  }

  private static X509ExtendedKeyManager keys(DtlsIdentity identity) throws Exception {
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(identity.certificate()));
    return new X509ExtendedKeyManager() {
      @Override
      public String[] getClientAliases(String type, Principal[] issuers) {
        return new String[] {"own"};
      }

      @Override
      public String[] getServerAliases(String type, Principal[] issuers) {
        return new String[] {"own"};
      }

      @Override
      public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        return "own";
      }

      @Override
      public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return "own";
      }

      @Override
      public String chooseEngineClientAlias(
          String[] types, Principal[] issuers, SSLEngine someEngine) {
        return "own";
      }

      @Override
      public String chooseEngineServerAlias(
          String type, Principal[] issuers, SSLEngine someEngine) {
        return "own";
      }

      @Override
      public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {certificate};
      }

      @Override
      public PrivateKey getPrivateKey(String alias) {
        return identity.key();
      }
    };
  }

  /** Trusts everybody: here the other side is the one under test. */
  private static X509ExtendedTrustManager trust() {
    return new X509ExtendedTrustManager() {
      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type) {}

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type) {}

      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

      @Override
      public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
      }
    };
  }
}
