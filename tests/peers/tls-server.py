# The Python peer: a TLS server that requires client certificates and logs exceptions as they come.
#
#	python3 tls-server.py CERT KEY CA PORT
import socket
import ssl
import sys

cert, key, ca, port = sys.argv[1:]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(cert, key)
context.load_verify_locations(ca)
context.verify_mode = ssl.CERT_REQUIRED
context.maximum_version = ssl.TLSVersion.TLSv1_2
with socket.create_server(("127.0.0.1", int(port))) as listener:
    while True:
        connection, _ = listener.accept()
        connection.settimeout(5)
        try:
            with context.wrap_socket(connection, server_side=True) as secure:
                secure.recv(1024)
                secure.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nok\n")
        except OSError as error:
            print(f"{type(error).__module__}.{type(error).__name__}: {error}", file=sys.stderr, flush=True)
