#!/usr/bin/env bash
# lighttpd with OpenSSL fails every handshake if its own issuer is not among its client CAs.
#
# Version: lighttpd 1.4.69 (Debian 12), mod_openssl; mod_gnutls, mod_mbedtls and mod_wolfssl do not.
# Behaviour: `ssl.verifyclient.ca-file` names a private CA for clients, `ssl.pemfile` has only the server's
#   certificate, from another CA. The server starts silently and answers every ClientHello with
#   internal_error(80), with any client certificate or none: it builds its own chain from the clients' CAs, and
#   `ssl.ca-file` with the server's does not help. Its log says "building cert chain" and "error:00000000".
#   Without `ssl.verifyclient.ca-file` the same files work.
# Why it matters: most mutual TLS setups have a public certificate and a private CA for clients. The alert comes
#   when client certificates are enabled, so everyone looks at the client's. Fixes: the intermediate in
#   `ssl.pemfile`; the server's issuer among the client CAs also works, but trusts more clients than intended.
# Output seen (TLS 1.2 and 1.3 alike):
#   mod_openssl, leaf alone, no client CA: ok
#   mod_openssl, leaf alone, right client: alert 80
#   mod_openssl, leaf alone, no client certificate: alert 80
#   mod_openssl, leaf and intermediate, right client: ok
#   mod_gnutls, leaf alone, right client: ok
set -euo pipefail
cd "$(dirname "$0")/.."
here=$(mktemp -d)
trap 'exec 2>/dev/null; jobs -p | xargs -r kill -KILL; wait; rm -rf "$here"' EXIT
XDG_CACHE_HOME=$here tests/peers/install lighttpd 2>/dev/null
cd "$here"
root=$(echo "$here"/mtlsctl-peers/lighttpd-*)
lighttpd=$root/usr/sbin/lighttpd
libraries=$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu
LD_LIBRARY_PATH=$libraries "$lighttpd" -v | grep -F 'lighttpd/1.4.69' || { echo 'changed: another lighttpd'; exit 1; }

authority() { # authority NAME
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.pem" 2>/dev/null
}
issue() { # issue NAME CA EXTENSION...
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
        -keyout "$1.key" -out "$1.csr" 2>/dev/null
    printf '%s\n' "${@:3}" >ext
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -days 30 -extfile ext -out "$1.pem" 2>/dev/null
}
authority clients; authority public
issue intermediate public basicConstraints=critical,CA:TRUE
issue server intermediate subjectAltName=DNS:server extendedKeyUsage=serverAuth
issue client clients subjectAltName=DNS:client extendedKeyUsage=clientAuth
cat server.pem intermediate.pem >chain.pem
mkdir www; echo ok >www/index.html

serve() { # serve MODULE PEMFILE [CA]: starts a server, on `port`
    port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
    cat >conf <<CONF
server.modules = ("mod_$1")
server.port = $port
server.bind = "127.0.0.1"
server.document-root = "$here/www"
index-file.names = ("index.html")
ssl.engine = "enable"
ssl.pemfile = "$2"
ssl.privkey = "server.key"
CONF
    [ -z "${3:-}" ] || cat >>conf <<CONF
ssl.verifyclient.ca-file = "$3"
ssl.verifyclient.activate = "enable"
ssl.verifyclient.enforce = "enable"
CONF
    [ -z "${server:-}" ] || { kill -KILL "$server"; wait "$server" 2>/dev/null || true; }
    LD_LIBRARY_PATH=$libraries "$lighttpd" -D -f conf -m "$root/usr/lib/lighttpd" >log 2>&1 &
    server=$!
    for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return; sleep 0.1; done
    cat log; exit 1
}
ask() { # ask VERSION [CREDENTIAL]: ok, or the alert
    local said
    said=$(printf 'GET / HTTP/1.0\r\n\r\n' | timeout 10 openssl s_client -connect "127.0.0.1:$port" "-tls$1" -ign_eof \
        -servername server ${2:+-cert "$2.pem" -key "$2.key"} 2>&1 || true)
    if grep -q 'HTTP/1.0 200' <<<"$said"; then echo ok; else
        grep -o 'alert number [0-9]*' <<<"$said" | head -n 1 | sed 's/ number//' | grep . || echo 'no answer'
    fi
}
seen() { # seen WORDS EXPECTED [CREDENTIAL]
    for version in 1_2 1_3; do
        [ "$(ask "$version" "${3:-}")" = "$2" ] || { echo "changed: $1, TLS $version: $(ask "$version" "${3:-}")"; exit 1; }
    done
    echo "$1: $2"
}
serve openssl server.pem; seen 'mod_openssl, leaf alone, no client CA' ok
serve openssl server.pem clients.pem; seen 'mod_openssl, leaf alone, right client' 'alert 80' client
seen 'mod_openssl, leaf alone, no client certificate' 'alert 80'
grep -q 'building cert chain for TLS server name server: error:00000000' log
serve openssl chain.pem clients.pem; seen 'mod_openssl, leaf and intermediate, right client' ok client
serve gnutls server.pem clients.pem; seen 'mod_gnutls, leaf alone, right client' ok client
