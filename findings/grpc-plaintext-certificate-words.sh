#!/usr/bin/env bash
# gRPC's C core reports "Invalid certificate verification context" for a port that does not serve TLS.
#
# Version: grpcio 1.85.3 (PyPI).
# Behaviour: a channel with TLS to a port that answers in plain HTTP fails with UNAVAILABLE and "…
#   SSL_ERROR_SSL: error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER: Invalid certificate
#   verification context: OK". No certificate was received or verified, and the last word is "OK": the text of
#   the verification result is appended although there is none.
# Why it matters: people search for a certificate problem, and change CAs. The port serves plaintext.
# Output seen:
#   StatusCode.UNAVAILABLE, WRONG_VERSION_NUMBER: Invalid certificate verification context: OK
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
python3 -m venv venv
venv/bin/pip --quiet --disable-pip-version-check install grpcio==1.85.3
cat >ask.py <<'PYTHON'
import socket, threading
import grpc

listener = socket.create_server(("127.0.0.1", 0))


def serve():
    while True:
        connection, _ = listener.accept()
        connection.recv(1000)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")
        connection.close()


threading.Thread(target=serve, daemon=True).start()
channel = grpc.secure_channel(f"127.0.0.1:{listener.getsockname()[1]}", grpc.ssl_channel_credentials())
try:
    channel.unary_unary("/a/b")(b"", timeout=5)
except grpc.RpcError as error:
    print(error.code(), error.details())
PYTHON
said=$(venv/bin/python ask.py 2>/dev/null)
tail='WRONG_VERSION_NUMBER: Invalid certificate verification context: OK'
case $said in
    StatusCode.UNAVAILABLE*"$tail") echo "StatusCode.UNAVAILABLE, $tail" ;;
    *) echo "changed: $said"; exit 1 ;;
esac
