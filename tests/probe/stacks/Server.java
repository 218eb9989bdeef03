// HTTPS servers of JSSE: SERVER.p12 CA.pem PUBLIC-CAS.pem PASSWORD, then PORT MODE for each.
import java.io.*;
import java.net.InetAddress;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.*;
import javax.net.ssl.*;

public class Server {
    static final ExecutorService threads = Executors.newCachedThreadPool();

    public static void main(String[] arguments) throws Exception {
        char[] password = arguments[3].toCharArray();
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream file = new FileInputStream(arguments[0])) {
            own.load(file, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(own, password);
        KeyStore none = KeyStore.getInstance("PKCS12");
        none.load(null, null);
        KeyStore authorities = trusting(arguments[1]), everybody = trusting(arguments[2]);
        for (int at = 4; at < arguments.length; at += 2) {
            String mode = arguments[at + 1];
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(mode.endsWith("-empty") ? none : mode.endsWith("-public") ? everybody : authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory()
                    .createServerSocket(Integer.parseInt(arguments[at]), 50, InetAddress.getByName("127.0.0.1"));
            listener.setWantClientAuth(mode.startsWith("want"));
            if (mode.startsWith("need")) listener.setNeedClientAuth(true);
            threads.execute(() -> {
                while (true) {
                    try {
                        SSLSocket socket = (SSLSocket) listener.accept();
                        threads.execute(() -> serve(socket, mode.equals("again")));
                    } catch (IOException error) {
                        return;
                    }
                }
            });
        }
    }

    static KeyStore trusting(String pem) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream file = new FileInputStream(pem)) {
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(file))
                store.setCertificateEntry("ca" + store.size(), certificate);
        }
        return store;
    }

    static void serve(SSLSocket socket, boolean again) {
        try (socket) {
            socket.setSoTimeout(10000);
            BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            String line = reader.readLine();
            while (line != null && !line.isEmpty()) line = reader.readLine();
            if (line == null) return;
            if (again) {
                // In TLS 1.2 this sends a HelloRequest; in TLS 1.3 it only updates keys.
                socket.setNeedClientAuth(true);
                socket.startHandshake();
            }
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\nok\n".getBytes());
        } catch (IOException error) {
            // A refusal; JSSE has sent its alert.
        }
    }
}
