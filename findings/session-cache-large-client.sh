#!/usr/bin/env bash
# nginx and haproxy do not cache TLS sessions of a client whose certificate is over about 4 KB.
#
# Version: nginx 1.22.1 and haproxy 2.6.12 of Debian 12, OpenSSL 3.0 as the client.
# Behaviour: a session cached at the server includes the client's certificate, and both silently drop a session
#   of more than 4,096 bytes. With session tickets off (`ssl_session_tickets off`, `no-tls-tickets`) such a
#   client makes a full handshake each time, in TLS 1.2 and 1.3, regardless of the cache size; clients with
#   small certificates resume. With tickets both resume.
# Why it matters: tickets are disabled where forward secrecy matters, and a certificate grows with each name in
#   it; 120 names of this length are enough. Nothing fails and nothing is logged: resumption stops with the
#   renewal that added a name, and the load increases.
# Output seen (TLS 1.2 and 1.3 alike):
#   nginx, cache: 60 names Reused, 150 names New
#   nginx, tickets: 60 names Reused, 150 names Reused
#   haproxy, cache: 60 names Reused, 150 names New
#   haproxy, tickets: 60 names Reused, 150 names Reused
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill; wait; rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install nginx haproxy 2>/dev/null
cd "$here"
nginx=$(echo "$here"/mtlsctl-peers/nginx-*)
haproxy=$(echo "$here"/mtlsctl-peers/haproxy-*)
own() { LD_LIBRARY_PATH="$1/usr/lib/x86_64-linux-gnu:$1/lib/x86_64-linux-gnu" exec "${@:2}"; }
(own "$nginx" "$nginx/usr/sbin/nginx" -v 2>&1) | grep -F 'nginx/1.22.1' || { echo 'changed: another nginx'; exit 1; }
(own "$haproxy" "$haproxy/usr/sbin/haproxy" -v) | grep -oF 'version 2.6.12' || { echo 'changed: another haproxy'; exit 1; }

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=authority \
    -keyout ca.key -out ca.pem 2>/dev/null
leaf() { # leaf NAME USAGE NAMES
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf 'extendedKeyUsage=%s\nsubjectAltName=DNS:localhost' "$2" >ext
    for at in $(seq "$3"); do printf ',DNS:host-%05d.client.example.com' "$at"; done >>ext
    openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
leaf server serverAuth 0; leaf 60 clientAuth 60; leaf 150 clientAuth 150
cat server.pem server.key >both.pem

mapfile -t ports < <(python3 -c '
import socket
all = [socket.create_server(("127.0.0.1", 0)) for _ in range(4)]
for one in all: print(one.getsockname()[1])')
host() { # host PORT SETTINGS
    echo "server { listen 127.0.0.1:$1 ssl; ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate server.pem;
        ssl_certificate_key server.key; ssl_client_certificate ca.pem; ssl_verify_client on; $2
        location / { return 200 ok; } }"
}
cat >nginx.conf <<CONF
daemon off; master_process off; pid nginx.pid; error_log nginx.log; events {}
http { access_log off; client_body_temp_path .; proxy_temp_path .; fastcgi_temp_path .; uwsgi_temp_path .; scgi_temp_path .;
$(host "${ports[0]}" 'ssl_session_cache shared:sessions:10m; ssl_session_tickets off;')
$(host "${ports[1]}" '') }
CONF
cat >haproxy.conf <<CONF
defaults
    mode http
    timeout client 5s
    timeout server 5s
    timeout connect 5s
frontend cache
    bind 127.0.0.1:${ports[2]} ssl crt both.pem ca-file ca.pem verify required no-tls-tickets
    http-request return status 200
frontend tickets
    bind 127.0.0.1:${ports[3]} ssl crt both.pem ca-file ca.pem verify required
    http-request return status 200
CONF
own "$nginx" "$nginx/usr/sbin/nginx" -p "$here" -e nginx.log -c nginx.conf >>log 2>&1 &
own "$haproxy" "$haproxy/usr/sbin/haproxy" -db -f haproxy.conf >>log 2>&1 &
for port in "${ports[@]}"; do
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
done

connect() { # connect PORT VERSION CLIENT OPTION...
    printf 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' | timeout 10 openssl s_client \
        -connect "127.0.0.1:$1" "-tls$2" -ign_eof -cert "$3.pem" -key "$3.key" "${@:4}" 2>&1 || true
}
second() { # second PORT VERSION CLIENT: whether the second connection resumed the first one
    connect "$1" "$2" "$3" -sess_out session | grep -q 'HTTP/1.1 200' || { echo 'no answer'; return; }
    connect "$1" "$2" "$3" -sess_in session | grep -oE '^(New|Reused)'
}
seen() { # seen WORDS PORT EXPECTED
    local version said
    for version in 1_2 1_3; do
        said="60 names $(second "$2" "$version" 60), 150 names $(second "$2" "$version" 150)"
        [ "$said" = "$3" ] || { echo "changed: $1, TLS $version: $said"; cat log nginx.log; exit 1; }
    done
    echo "$1: $said"
}
seen 'nginx, cache' "${ports[0]}" '60 names Reused, 150 names New'
seen 'nginx, tickets' "${ports[1]}" '60 names Reused, 150 names Reused'
seen 'haproxy, cache' "${ports[2]}" '60 names Reused, 150 names New'
seen 'haproxy, tickets' "${ports[3]}" '60 names Reused, 150 names Reused'
