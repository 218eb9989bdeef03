#!/usr/bin/env bash
# Bun completes the handshake with clients whose certificate it rejects.
#
# Version: Bun 1.4.5 (npm @oven/bun-linux-x64), OpenSSL 3.0 as the client.
# Behaviour: with `requestCert` and `rejectUnauthorized: true`, a client with a certificate of an
#   unknown CA gets a complete handshake, in TLS 1.3 with two session tickets, in TLS 1.2 with the
#   server's Finished; then close_notify, and never an alert. A client without any certificate gets a
#   proper alert. Node, whose options these are, ends the handshake itself.
# Why it matters: clients and monitors interpret a finished handshake (TLS 1.2), a session ticket (TLS 1.3) or a
#   clean end of TLS as "my certificate was accepted". Here all three accompany a rejection.
# Output seen:
#   TLS 1.2, certificate of another CA: handshake complete, end without an alert, no answer
#   TLS 1.3, certificate of another CA: handshake complete, 2 tickets, end without an alert, no answer
#   TLS 1.3, certificate of the right CA: HTTP/1.1 200 OK
set -euo pipefail
here=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$here"' EXIT
cd "$here"
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . @oven/bun-linux-x64@1.4.5 >/dev/null
authority() { # authority NAME
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.pem" 2>/dev/null
}
leaf() { # leaf NAME CA USAGE
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'subjectAltName=DNS:localhost\nextendedKeyUsage=%s\n' "$3" >ext
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
authority right; authority other
leaf server right serverAuth; leaf good right clientAuth; leaf stranger other clientAuth
cat >server.js <<'JS'
const read = (name) => require('fs').readFileSync(name, 'utf8');
const server = Bun.serve({
  port: 0, hostname: '127.0.0.1', fetch: () => new Response('ok\n'),
  tls: { cert: read('server.pem'), key: read('server.key'), ca: read('right.pem'), requestCert: true, rejectUnauthorized: true },
});
console.log(server.port);
JS
node_modules/@oven/bun-linux-x64/bin/bun server.js >port & server=$!
for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
port=$(cat port)
ask() { # ask VERSION CREDENTIAL
    (printf 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'; sleep 2) |
        timeout 10 openssl s_client -connect "127.0.0.1:$port" -CAfile right.pem "-tls$1" \
            -cert "$2.pem" -key "$2.key" -msg >"$2-$1" 2>&1 || true
}
holds() { if ! grep -qE "$1" "$2"; then echo "changed: no \`$1\` in $2"; exit 1; fi; }
lacks() { if grep -qE "$1" "$2"; then echo "changed: \`$1\` in $2"; exit 1; fi; }
refusal='fatal (bad_certificate|unknown_ca|certificate_unknown|handshake_failure|access_denied)'
ask 1_2 stranger
holds '<<< TLS 1.2, Handshake .*Finished' stranger-1_2
holds '<<< .*Alert .*warning close_notify' stranger-1_2
lacks "<<< .*$refusal" stranger-1_2; lacks 'HTTP/1.1 200' stranger-1_2
echo 'TLS 1.2, certificate of another CA: handshake complete, end without an alert, no answer'
ask 1_3 stranger
tickets=$(grep -c '<<< TLS 1.3, Handshake .*NewSessionTicket' stranger-1_3 || true)
[ "$tickets" = 2 ] || { echo "changed: $tickets tickets"; exit 1; }
holds '<<< .*Alert .*warning close_notify' stranger-1_3
lacks "<<< .*$refusal" stranger-1_3; lacks 'HTTP/1.1 200' stranger-1_3
echo 'TLS 1.3, certificate of another CA: handshake complete, 2 tickets, end without an alert, no answer'
ask 1_3 good
holds 'HTTP/1.1 200 OK' good-1_3
echo 'TLS 1.3, certificate of the right CA: HTTP/1.1 200 OK'
