// The Java peer: a TLS server of JSSE that requires client certificates and logs exceptions as they come.
//
//	java TlsServer.java SERVER.p12 CA.pem PASSWORD PORT
import java.io.FileInputStream;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.*;

public class TlsServer {
    public static void main(String[] arguments) throws Exception {
        char[] password = arguments[2].toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (FileInputStream file = new FileInputStream(arguments[0])) {
            own.load(file, password);
        }
        keys.init(own, password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        try (FileInputStream file = new FileInputStream(arguments[1])) {
            authorities.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory()
                .createServerSocket(Integer.parseInt(arguments[3]), 50, InetAddress.getByName("127.0.0.1"));
        listener.setNeedClientAuth(true);
        listener.setEnabledProtocols(new String[] {"TLSv1.2"});
        while (true) {
            try (SSLSocket socket = (SSLSocket) listener.accept()) {
                socket.setSoTimeout(5000);
                socket.startHandshake();
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nok\n".getBytes());
            } catch (Exception error) {
                for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                    System.err.println((cause == error ? "" : "Caused by: ") + cause);
                }
            }
        }
    }
}
